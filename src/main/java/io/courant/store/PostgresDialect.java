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

    /** How many subscribers want nothing special it cannot estimate; it takes them for one, and reads tables for each. */
    @Override
    public Optional<String> joining(boolean all) {
        return Optional.of("set local enable_nestloop = " + (all ? "off" : "on"));
    }
}
