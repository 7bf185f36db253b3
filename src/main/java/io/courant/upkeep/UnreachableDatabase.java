package io.courant.upkeep;

/** A database server gave no connection, or none of use; the message says why and what to do. */
public final class UnreachableDatabase extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    public UnreachableDatabase(String message, boolean temporary, Throwable cause) {
        super(message, cause);
        this.temporary = temporary;
    }

    /** Whether it may give one in a while: not where it knows no such user or database, say. */
    public boolean isTemporary() {
        return temporary;
    }
}
