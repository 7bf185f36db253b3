package io.courant.store;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What the databases say differently. */
interface Dialect {
    Dialect SQLITE = new SqliteDialect();
    Dialect POSTGRES = new PostgresDialect();

    /** Transactions of which there is one at a time. */
    JdbcTransactionManager transactions(DataSource writer);

    /** Transactions that may overlap: for those that touch rows of their own only. */
    JdbcTransactionManager overlapping(DataSource writer);

    /** The isolation of transactions that see all as it was when their turn came. */
    int snapshot();

    /** A query whose answer changes when anybody has written; nothing where somebody always has. */
    Optional<String> version();

    /** A statement, where one is needed, that readies a transaction for joins of all subscribers, or for others again. */
    Optional<String> joining(boolean all);
}
