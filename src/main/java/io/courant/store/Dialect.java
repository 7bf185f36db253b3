package io.courant.store;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What the databases say differently. */
interface Dialect {
    Dialect SQLITE = new SqliteDialect();
    Dialect POSTGRES = new PostgresDialect();

    /** Transactions of which there is one at a time. */
    JdbcTransactionManager transactions(DataSource writer);

    /** Whether several machines may send from it, so that who sends needs a lease. */
    boolean isShared();

    /** How many deliveries are claimed best from one range. */
    long partSize();

    /** An expression for its own clock, in epoch milliseconds. */
    String clock();

    /** Locks the rows that a query finds, which stands before it, and passes over those that others have locked. */
    String forUpdateSkipLocked(String table);

    /** Transactions that may overlap: for those that touch rows of their own only. */
    JdbcTransactionManager overlapping(DataSource writer);
}
