package io.courant.store;

/** The database cannot be used; the message says which file and what to do. */
final class DatabaseException extends RuntimeException {
    DatabaseException(String message) {
        super(message);
    }

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
