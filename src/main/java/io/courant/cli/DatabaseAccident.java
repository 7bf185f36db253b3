package io.courant.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * The database could not be read or written; what it said itself, without the layers around it.
 *
 * @param state what PostgreSQL calls it: five characters, the first two of which are the class; empty on SQLite
 */
record DatabaseAccident(String said, String state) {
    private static final List<String> GONE = List.of("08", "57P");
    /** What the pool says of a connection that it has given up. */
    private static final String CLOSED = "Connection is closed";

    private static final List<String> IN_USE = List.of("40", "55P03");
    private static final String NO_CONNECTION_LEFT = "53300";
    private static final String DISK_FULL = "53100";
    private static final String READ_ONLY = "25006";

    /** The one that an accident is, if it is one. */
    static Optional<DatabaseAccident> in(Exception accident) {
        if (!(accident instanceof DataAccessException) && !(accident instanceof TransactionException)) {
            return Optional.empty();
        }
        Throwable first =
                accident instanceof TransactionSystemException twofold && twofold.getApplicationException() != null
                        ? twofold.getApplicationException()
                        : accident;
        SQLException innermost = null;
        for (Throwable cause = first; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                innermost = found;
            }
        }
        return Optional.of(
                innermost == null
                        ? new DatabaseAccident(
                                String.valueOf(NestedExceptionUtils.getMostSpecificCause(first)
                                        .getMessage()),
                                "")
                        : new DatabaseAccident(
                                String.valueOf(innermost.getMessage()),
                                innermost.getSQLState() == null ? "" : innermost.getSQLState()));
    }

    /** Whether it may be over in a while without anybody doing anything. */
    boolean mayPass() {
        return isGone() || isInUse() || state.equals(NO_CONNECTION_LEFT) || state.equals(READ_ONLY);
    }

    private boolean isGone() {
        return GONE.stream().anyMatch(state::startsWith) || said.equals(CLOSED);
    }

    private boolean isInUse() {
        return said.contains("SQLITE_BUSY")
                || said.contains("SQLITE_LOCKED")
                || IN_USE.stream().anyMatch(state::startsWith);
    }

    /** @param database where it is */
    String message(String database) {
        return database + ": the database " + (isGone() ? "cannot be reached" : "failed") + " (" + said + "); "
                + advice();
    }

    private String advice() {
        if (isGone()) {
            return "see that its server runs, then try again";
        }
        if (isInUse()) {
            return "another program holds it: end that, or try again later";
        }
        if (state.equals(NO_CONNECTION_LEFT)) {
            return "end other programs that use its server, or let that have more (max_connections), then try again";
        }
        if (state.equals(READ_ONLY)) {
            return "its server is a standby, or set to read only: name the one that is written to, or try again when it"
                    + " takes over";
        }
        if (said.contains("SQLITE_FULL") || state.equals(DISK_FULL)) {
            return "make room on the disk, then try again";
        }
        return state.isEmpty()
                ? "see to the disk and who may write there, then try again"
                : "see the log of its server, then try again";
    }
}
