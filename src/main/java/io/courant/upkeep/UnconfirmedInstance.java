package io.courant.upkeep;

/** Mail was to be sent from a home folder that may be a copy; the message says what was found and what to do. */
public final class UnconfirmedInstance extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    UnconfirmedInstance(Doubt doubt) {
        super(doubt.words());
    }
}
