package io.courant.job;

/** The broker through which machines share the work cannot be used; the message says what to do. */
public final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
