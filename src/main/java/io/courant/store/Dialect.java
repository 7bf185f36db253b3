package io.courant.store;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What the databases say differently. */
interface Dialect {
    Dialect SQLITE = new SqliteDialect();
    Dialect POSTGRES = new PostgresDialect();

    /** Transactions of which there is one at a time. */
    JdbcTransactionManager transactions(DataSource writer);

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
}
