package io.courant.cli;

import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * The database could not be read or written.
 *
 * @param said what it said itself, without the layers around it
 */
record DatabaseAccident(String said, Kind kind) {
    /** What it is a case of. */
    enum Kind {
        /** Others hold it, or were changing the same. */
        IN_USE,
        /** Its server does not answer, has no connection left, or ends. */
        OUT_OF_REACH,
        DISK_FULL,
        OTHER
    }

    /** The one that an accident is, if it is one. */
    static Optional<DatabaseAccident> in(Exception accident) {
        if (!(accident instanceof DataAccessException) && !(accident instanceof TransactionException)) {
            return Optional.empty();
        }
        Throwable first =
                accident instanceof TransactionSystemException twofold && twofold.getApplicationException() != null
                        ? twofold.getApplicationException()
                        : accident;
        String said =
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(first).getMessage());
        return Optional.of(new DatabaseAccident(said, kind(first, said)));
    }

    /** SQLite's words say it, and Spring knows what PostgreSQL's states mean. */
    private static Kind kind(Throwable accident, String said) {
        if (said.contains("SQLITE_BUSY") || said.contains("SQLITE_LOCKED")) {
            return Kind.IN_USE;
        }
        if (said.contains("SQLITE_")) {
            return said.contains("SQLITE_FULL") ? Kind.DISK_FULL : Kind.OTHER;
        }
        if (accident instanceof PessimisticLockingFailureException) {
            return Kind.IN_USE;
        }
        // a job's record is not as it was written when the answer to a commit was lost; and no transaction begins or
        // is taken back without a connection
        return accident instanceof DataAccessResourceFailureException
                        || accident instanceof OptimisticLockingFailureException
                        || accident instanceof TransactionException
                ? Kind.OUT_OF_REACH
                : Kind.OTHER;
    }

    /** Whether it may be over in a while without anybody doing anything. */
    boolean mayPass() {
        return kind == Kind.IN_USE || kind == Kind.OUT_OF_REACH;
    }

    /** @param database where it is */
    String message(String database) {
        return database + ": "
                + switch (kind) {
                    case IN_USE ->
                        "the database failed (" + said + "); another program holds it: end that, or try again later";
                    case OUT_OF_REACH ->
                        "the database cannot be reached (" + said + "); see that it runs and has room for us, then try"
                                + " again";
                    case DISK_FULL -> "the database failed (" + said + "); make room on the disk, then try again";
                    case OTHER ->
                        "the database failed (" + said + "); see to the disk and who may write there, then try again";
                };
    }
}
