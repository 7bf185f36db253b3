package io.courant.cli;

import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/** The database could not be read or written; what it said itself, without the layers around it. */
record DatabaseAccident(String said) {

    /** The one that an accident is, if it is one. */
    static Optional<DatabaseAccident> in(Exception accident) {
        if (!(accident instanceof DataAccessException) && !(accident instanceof TransactionException)) {
            return Optional.empty();
        }
        Throwable first =
                accident instanceof TransactionSystemException twofold && twofold.getApplicationException() != null
                        ? twofold.getApplicationException()
                        : accident;
        return Optional.of(new DatabaseAccident(
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(first).getMessage())));
    }

    /** Whether it may be over in a while without anybody doing anything. */
    boolean mayPass() {
        return said.contains("SQLITE_BUSY") || said.contains("SQLITE_LOCKED");
    }

    String message(String home) {
        return home + ": the database failed (" + said + "); " + advice();
    }

    private String advice() {
        if (mayPass()) {
            return "another program holds it: end that, or try again later";
        }
        return said.contains("SQLITE_FULL")
                ? "make room on the disk, then try again"
                : "see to the disk and who may write there, then try again";
    }
}
