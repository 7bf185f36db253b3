package io.courant.upkeep;

import org.jspecify.annotations.Nullable;

/** A backup cannot be made or used; the message says which file, why and what to do. */
public final class BadBackup extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadBackup(String message) {
        super(message);
    }

    public BadBackup(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
