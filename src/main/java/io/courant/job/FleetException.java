package io.courant.job;

/** The broker between the machines that send together cannot be used; the message says what to do. */
public final class FleetException extends RuntimeException {
    public FleetException(String message, Throwable cause) {
        super(message, cause);
    }
}
