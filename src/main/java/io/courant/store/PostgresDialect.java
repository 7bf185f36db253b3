package io.courant.store;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

final class PostgresDialect implements Dialect {
    @Override
    public JdbcTransactionManager transactions(DataSource writer) {
        return new PostgresTransactions(writer);
    }

    @Override
    public JdbcTransactionManager overlapping(DataSource writer) {
        return new JdbcTransactionManager(writer);
    }

    @Override
    public int snapshot() {
        return TransactionDefinition.ISOLATION_REPEATABLE_READ;
    }

    @Override
    public Optional<String> version() {
        return Optional.empty();
    }
}
