package io.courant.store;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

final class PostgresDialect implements Dialect {
    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public long partSize() {
        return 10_000; // what was claimed and is not yet cleared away is passed over, again and again
    }

    @Override
    public String clock() {
        return "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
    }

    @Override
    public String forUpdateSkipLocked(String table) {
        return " for update of " + table + " skip locked";
    }

    @Override
    public JdbcTransactionManager transactions(DataSource writer) {
        return new PostgresTransactions(writer);
    }

    @Override
    public JdbcTransactionManager overlapping(DataSource writer) {
        return new JdbcTransactionManager(writer);
    }
}
