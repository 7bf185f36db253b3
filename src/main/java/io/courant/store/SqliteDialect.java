package io.courant.store;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

final class SqliteDialect implements Dialect {
    @Override
    public JdbcTransactionManager transactions(DataSource writer) {
        return new SqliteTransactions(writer);
    }

    @Override
    public JdbcTransactionManager overlapping(DataSource writer) {
        return transactions(writer); // there is one connection
    }

    @Override
    public int snapshot() {
        return TransactionDefinition.ISOLATION_DEFAULT; // nobody else writes meanwhile
    }

    /** Written by another connection, or by this one, which all of a process share. */
    @Override
    public Optional<String> version() {
        return Optional.of("select data_version || ' ' || total_changes() from pragma_data_version");
    }

    @Override
    public Optional<String> joining(boolean all) {
        return Optional.empty();
    }
}
