package io.courant.delivery;

/** What to do with a message that the relay may or may not have taken. */
public enum InDoubtPolicy {
    /** Send the same bytes again after a while, a few times at most; then as {@link #HOLD}. A reader may get two. */
    RESEND,
    /** Leave it to an editor. */
    HOLD,
    /** Take it as sent. A reader may get none. */
    ASSUME_SENT
}
