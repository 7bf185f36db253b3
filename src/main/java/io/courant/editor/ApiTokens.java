package io.courant.editor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the tokens of programs; of the tokens themselves, only what recognises them. */
public interface ApiTokens {
    /** What a token is for fits on a line. */
    int LONGEST_LABEL = 100;

    /** What is to last longer, lasts until it is revoked. */
    Duration LONGEST = Duration.ofDays(3650);

    /** Keeps a token. */
    ApiToken keep(
            Editor owner,
            String label,
            Set<ApiToken.Scope> scopes,
            Digest token,
            Instant at,
            @Nullable Instant expires);

    /** All, revoked and expired ones, too, the oldest first. */
    List<ApiToken> list();

    Optional<ApiToken> find(long id);

    /** Ends a token for good; says whether it could be used before. */
    boolean revoke(long id, Instant at);

    /** Who bears a token, if it is good and its owner is not disabled. Notes the day. */
    Optional<Bearer> use(Digest token, Instant now);

    /**
     * Makes a token.
     *
     * @param lasts null: until it is revoked
     * @return with its text, which is shown this once
     * @throws IllegalArgumentException when a scope would be of no use, as its owner may nothing of that
     */
    default Made make(Editor owner, String label, Set<ApiToken.Scope> scopes, Instant at, @Nullable Duration lasts) {
        if (label.length() > LONGEST_LABEL || label.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("what a token is for: expected one line of " + LONGEST_LABEL
                    + " characters at most, found " + label.length());
        }
        if (lasts != null && (lasts.isZero() || lasts.isNegative() || lasts.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(
                    "how long a token is good: expected 1 to " + LONGEST.toDays() + " days, found " + lasts.toDays());
        }
        for (ApiToken.Scope scope : scopes) {
            if (!scope.isOfUseTo(owner.role())) {
                throw new IllegalArgumentException("scope '" + scope.name().toLowerCase(Locale.ROOT)
                        + "' would be of no"
                        + " use: " + owner.name() + " is " + owner.role().name().toLowerCase(Locale.ROOT)
                        + ", who may do nothing of it");
            }
        }
        Secret secret = ApiToken.secret();
        return new Made(
                keep(owner, label, scopes, secret.digest(), at, lasts == null ? null : at.plus(lasts)), secret.text());
    }

    /** A token that was made just now. */
    record Made(ApiToken token, String text) {
        @Override
        public String toString() {
            return "token " + token.id();
        }
    }

    /** A program that acts for an editor. */
    record Bearer(ApiToken token, Editor editor) {
        /** Whether both the token and its owner may. */
        public boolean may(Permission permission) {
            return token.covers(permission) && editor.may(permission);
        }
    }
}
