package io.courant.delivery;

/**
 * The relay as a whole cannot be used: it does not answer, or not to us. No delivery is to blame, so none is charged
 * with it. The message says which relay, what it answered and what to look at.
 */
public final class RelayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    private RelayException(String message, boolean temporary, Throwable cause) {
        super(message, cause);
        this.temporary = temporary;
    }

    private RelayException(String message, boolean temporary) {
        super(message);
        this.temporary = temporary;
    }

    /** Trying again later may help. */
    static RelayException temporary(Relay relay, String what) {
        return new RelayException("relay " + relay.name() + " " + what, true);
    }

    static RelayException temporary(Relay relay, String what, Throwable cause) {
        return new RelayException("relay " + relay.name() + " " + what, true, cause);
    }

    /** Nothing will change until somebody changes a setting. */
    static RelayException permanent(Relay relay, String what) {
        return new RelayException("relay " + relay.name() + " " + what, false);
    }

    static RelayException permanent(Relay relay, String what, Throwable cause) {
        return new RelayException("relay " + relay.name() + " " + what, false, cause);
    }

    /** What another machine has said of a relay. */
    public static RelayException told(String message, boolean temporary) {
        return new RelayException(message, temporary);
    }

    /** Whether trying again later may help without anybody changing anything. */
    public boolean isTemporary() {
        return temporary;
    }
}
