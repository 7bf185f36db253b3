package io.courant.editor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One-time links, by which an editor sets the first password or, having forgotten it, another. Who makes one sends it
 * on as they trust: Courant mails none, since whoever reads that mailbox would be in.
 */
public final class Invitations {
    /** How long a link is good, unless somebody wants it otherwise. */
    public static final Duration LASTS = Duration.ofHours(24);

    private static final int BYTES = 20;
    private static final EditorName FIRST = new EditorName("owner");

    private final Editors editors;
    private final Credentials credentials;
    private final Passwords passwords;
    private final InstantSource clock;

    public Invitations(Editors editors, Credentials credentials, Passwords passwords, InstantSource clock) {
        this.editors = editors;
        this.credentials = credentials;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * A link that was made just now, and cannot be shown again.
     *
     * @param token what it is recognised by
     */
    public record Invitation(Editor editor, String token, Instant until) {
        /** Where on the desk it leads. */
        public String path() {
            return "welcome/" + token;
        }

        @Override
        public String toString() {
            return "invitation of " + editor.name(); // the token belongs into no log
        }
    }

    /** Makes a link; an earlier one is void. */
    public Invitation invite(Editor editor, Duration lasts) {
        if (editor.disabled()) {
            throw new IllegalArgumentException(
                    editor.name() + " is disabled; first: courant users enable " + editor.name());
        }
        Secret secret = Secret.of("", BYTES);
        Instant until = clock.instant().plus(lasts);
        credentials.link(editor.id(), secret.digest(), until);
        return new Invitation(editor, secret.text(), until);
    }

    /** A link for the first owner, while there is nobody who can come in and no link that is good. */
    public Optional<Invitation> first() {
        if (credentials.isAnyoneExpected(clock.instant())) {
            return Optional.empty();
        }
        Editor owner = editors.list().stream()
                .filter(editor -> editor.may(Permission.CHANGE_ACCOUNTS))
                .findFirst()
                .orElseGet(() -> editors.add(FIRST, Role.OWNER, clock.instant()));
        return Optional.of(invite(owner, LASTS));
    }

    /** Whom a link is for, if it is good. */
    public Optional<Editor> guest(String token) {
        return credentials.linked(Digest.of(token), clock.instant());
    }

    /**
     * Uses up a link, if it is good.
     *
     * @throws IllegalArgumentException when the password will not do; the link is good still
     */
    public Optional<Editor> accept(String token, String password) {
        return guest(token).isEmpty()
                ? Optional.empty() // hashing takes its time, and strangers need not cause it
                : credentials.redeem(Digest.of(token), passwords.hash(password), clock.instant());
    }
}
