package io.courant.job;

/** This machine signs with other keys than the one that began a send; the message says what to do. */
public final class StrangeKeys extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    StrangeKeys(String message) {
        super(message);
    }
}
