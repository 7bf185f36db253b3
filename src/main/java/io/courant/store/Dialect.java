package io.courant.store;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
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

    /** The order of claims: one in which an index has the open deliveries of a domain group. */
    String claimOrder();

    /**
     * What is true of every open delivery, said so that a query for those of one state uses the index of what is open.
     */
    String isOpen();

    /** Locks the rows that a query finds, which stands before it, and passes over those that others have locked. */
    String forUpdateSkipLocked();

    /** A condition: a column's number is among those of a parameter, a JSON list. It says so that the key is used. */
    String isAmong(String column, String list);

    /** Transactions that may overlap: for those that touch rows of their own only. */
    JdbcTransactionManager overlapping(DataSource writer);

    /** Makes the connection ready for many rows that go into indexes in no order. */
    void prepareForMany(JdbcTemplate write);

    /** Rows with ids for so many new subscribers, none of which was ever used: one parameter. */
    String newSubscriberIds();

    /** Rows of {@code table} and {@code name}: each column that holds text. */
    String textColumns();

    /** Rows with what a quick look finds wrong, one line each. */
    List<String> quickChecks();

    /** Rows with what a look at everything finds wrong, one line each. */
    List<String> wholeChecks();

    /** The isolation of transactions that see all as it was when their turn came. */
    int snapshot();

    /** A query whose answer changes when anybody has written; nothing where somebody always has. */
    Optional<String> version();

    /** A statement, where one is needed, that readies a transaction for joins of all subscribers, or for others again. */
    Optional<String> joining(boolean all);

    /** A statement, where one is needed, with which it takes note of how many deliveries there are after many came. */
    Optional<String> afterPlanning();
}
