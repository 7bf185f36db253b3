package io.courant.store;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** One process at a time sends from a file, and one connection writes to it: nothing needs to be locked. */
final class SqliteDialect implements Dialect {
    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public long partSize() {
        return Long.MAX_VALUE; // an index has them in the order of claims
    }

    @Override
    public String clock() {
        return "cast(unixepoch('subsec') * 1000 as integer)";
    }

    @Override
    public String forUpdateSkipLocked(String table) {
        return "";
    }

    @Override
    public JdbcTransactionManager transactions(DataSource writer) {
        return new SqliteTransactions(writer);
    }

    @Override
    public JdbcTransactionManager overlapping(DataSource writer) {
        return transactions(writer); // there is one connection
    }
}
