package io.courant.store;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

final class PostgresDialect implements Dialect {
    @Override
    public JdbcTransactionManager transactions(DataSource writer) {
        return new PostgresTransactions(writer);
    }

    @Override
    public JdbcTransactionManager overlapping(DataSource writer) {
        return new JdbcTransactionManager(writer);
    }
}
