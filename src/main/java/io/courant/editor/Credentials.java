package io.courant.editor;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps by what editors prove who they are. A changed password, and codes switched on or off, end their sessions. */
public interface Credentials {
    /** What is kept of an editor. */
    Kept of(long editor);

    /** Keeps a one-time link; an earlier one is void. */
    void link(long editor, Digest link, Instant until);

    /** Whose link it is, if it is good. */
    Optional<Editor> linked(Digest link, Instant now);

    /** Uses up a link, if it is good, and keeps a password. */
    Optional<Editor> redeem(Digest link, String password, Instant now);

    /** Whether somebody can come in, or could with a link that is out. */
    boolean isAnyoneExpected(Instant now);

    /** Keeps a password. An open link is void then. */
    void changePassword(long editor, String password);

    /** Keeps the secret of codes that are asked for once one of them is confirmed; an earlier one in waiting is void. */
    void offerCodes(long editor, String secret);

    /**
     * Asks for codes from now on.
     *
     * @param step that the confirming code was of
     * @return whether there was anything to confirm
     */
    boolean confirmCodes(long editor, long step, Collection<Digest> recovery);

    /** Uses up a code. Once only, and none that is older than one used before. */
    boolean use(long editor, long step);

    /** Uses up a recovery code. */
    boolean useRecovery(long editor, Digest code, Instant at);

    /** How many recovery codes are left. */
    int recoveryLeft(long editor);

    /** Asks for codes no longer. */
    void dropCodes(long editor);

    /**
     * What an editor proves with.
     *
     * @param password as {@link Passwords#hash} gave it
     * @param secret of codes that are asked for
     * @param offered secret of codes in waiting
     */
    record Kept(
            @Nullable String password,
            @Nullable String secret,
            @Nullable String offered) {
        @Override
        public String toString() {
            return "Kept"; // what it holds belongs into no log
        }
    }
}
