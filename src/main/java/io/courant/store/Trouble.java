package io.courant.store;

import io.courant.upkeep.DatabaseAccident;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What goes wrong with a database that somebody can mend. The first that fits is the one. */
enum Trouble {
    BUSY(
            "failed",
            "another program holds it: end that, or try again later",
            true,
            "SQLITE_BUSY",
            "SQLITE_LOCKED",
            "40",
            "55P03"),
    DISK_FULL("failed", "make room on the disk, then try again", false, "SQLITE_FULL"),
    DISK("failed", "see to the disk and who may write there, then try again", false, "SQLITE_"),
    /** Also said where a password is asked for and there is none. */
    LOGIN(
            "refuses the login",
            "see that the server lets this user in from here, and what database, COURANT_DATABASE_USER and"
                    + " COURANT_DATABASE_PASSWORD say",
            false,
            "28",
            "08004"),
    NO_SUCH_DATABASE(
            "is not there",
            "make it on the server (createdb), or see what database and COURANT_DATABASE say",
            false,
            "3D000"),
    FORBIDDEN(
            "does not permit this",
            "let its user own it (alter database … owner to …), or name the user who does: see what database and"
                    + " COURANT_DATABASE_USER say",
            false,
            "42501"),
    STANDBY(
            "takes no changes",
            "its server is a standby, or set to read only: name the one that is written to, or try again when this one"
                    + " takes over",
            true,
            "25006"),
    NO_CONNECTION_LEFT(
            "has no connection left for us",
            "end other programs that use its server, or let it have more (max_connections), then try again",
            true,
            "53300"),
    SERVER_DISK_FULL("failed", "make room on the disk of its server, then try again", false, "53100"),
    STARTING("takes no connections yet", "its server starts or ends: try again in a moment", true, "57P03"),
    UNREACHABLE(
            "cannot be reached",
            "see that the server runs, and what database and COURANT_DATABASE say, then try again",
            true,
            "08",
            "57P"),
    SERVER("failed", "see the log of its server, then try again", false);

    private final String predicate;
    private final String advice;
    private final boolean mayPass;
    private final String signs; // one after the other, with spaces between them

    /** @param signs what SQLite's words contain, or how PostgreSQL's state begins, the first two characters its class */
    Trouble(String predicate, String advice, boolean mayPass, String... signs) {
        this.predicate = predicate;
        this.advice = advice;
        this.mayPass = mayPass;
        this.signs = String.join(" ", signs);
    }

    /** What a database said. */
    static Trouble of(SQLException said) {
        return known(said).orElse(SERVER);
    }

    private static Optional<Trouble> known(SQLException said) {
        String words = String.valueOf(said.getMessage());
        String state = String.valueOf(said.getSQLState());
        return Arrays.stream(values())
                .filter(trouble -> Arrays.stream(trouble.signs.split(" "))
                        .filter(sign -> !sign.isEmpty())
                        .anyMatch(sign -> sign.startsWith("SQLITE_") ? words.contains(sign) : state.startsWith(sign)))
                .findFirst();
    }

    /** What an exception tells of a database, if it does. */
    static Optional<DatabaseAccident> in(Exception accident) {
        if (!(accident instanceof DataAccessException) && !(accident instanceof TransactionException)) {
            return Optional.empty();
        }
        Throwable first =
                accident instanceof TransactionSystemException twofold && twofold.getApplicationException() != null
                        ? twofold.getApplicationException()
                        : accident;
        return Optional.of(innermost(first)
                .flatMap(said -> known(said).map(trouble -> trouble.accident(said.getMessage())))
                .orElseGet(() -> byClass(first)
                        .accident(
                                NestedExceptionUtils.getMostSpecificCause(first).getMessage())));
    }

    /** What PostgreSQL itself said, under what the pool and Spring say of it. */
    static Optional<SQLException> innermost(Throwable accident) {
        SQLException innermost = null;
        for (Throwable cause = accident; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                innermost = found;
            }
        }
        return Optional.ofNullable(innermost);
    }

    private static Trouble byClass(Throwable accident) {
        if (accident instanceof PessimisticLockingFailureException) {
            return BUSY;
        }
        // a job's record is not as it was written when the answer to a commit was lost; and no transaction begins or
        // is taken back without a connection
        return accident instanceof DataAccessResourceFailureException
                        || accident instanceof OptimisticLockingFailureException
                        || accident instanceof TransactionException
                ? UNREACHABLE
                : SERVER;
    }

    /** Whether it stays until somebody changes who asks for what. */
    boolean isOfSettings() {
        return this == LOGIN || this == NO_SUCH_DATABASE || this == FORBIDDEN;
    }

    DatabaseAccident accident(@Nullable String said) {
        return new DatabaseAccident(predicate + " (" + said + "); " + advice, mayPass);
    }
}
