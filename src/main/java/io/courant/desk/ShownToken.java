package io.courant.desk;

import io.courant.editor.ApiToken;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Collectors;

/**
 * A program's token in a list.
 *
 * @param good whether there is anything to revoke
 */
record ShownToken(
        String id, String owner, String label, String scopes, Shown state, String expires, String used, boolean good) {
    static ShownToken of(ApiToken token, Instant now, ZoneId zone) {
        LocalDate used = token.used();
        return new ShownToken(
                String.valueOf(token.id()),
                token.owner(),
                token.label(),
                token.scopes().stream().sorted().map(Shown::words).collect(Collectors.joining(", ")),
                state(token, now),
                Times.wordsOr(token.expires(), zone, "when it is revoked"),
                used == null ? "never" : used.toString(),
                token.isGood(now));
    }

    private static Shown state(ApiToken token, Instant now) {
        if (token.revoked() != null) {
            return new Shown("revoked", "");
        }
        return token.isGood(now) ? new Shown("good", "good") : new Shown("expired", "warn");
    }
}
