package io.courant.store;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

final class SqliteDialect implements Dialect {
    @Override
    public JdbcTransactionManager transactions(DataSource writer) {
        return new SqliteTransactions(writer);
    }

    @Override
    public JdbcTransactionManager overlapping(DataSource writer) {
        return transactions(writer); // there is one connection
    }
}
