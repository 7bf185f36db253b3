package io.courant.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/**
 * One transaction at a time in the whole installation, whichever machine begins it, as SQLite has it. What was read in
 * one is still true when it writes, and neither isolation levels nor retries are thought of anywhere else.
 */
final class PostgresTransactions extends JdbcTransactionManager {
    private static final long serialVersionUID = 1L;

    /** Of the locks that a database's users agree upon: "courant" in ASCII. */
    static final long TURN = 0x636f_7572_616e_74L;

    PostgresTransactions(DataSource writer) {
        super(writer);
    }

    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        if (definition.getIsolationLevel() == TransactionDefinition.ISOLATION_REPEATABLE_READ) {
            // it sees what there was before its first statement: that must not be the one that waits
            turn(connection, "select pg_advisory_lock(?)");
            connection.commit();
            turn(connection, "select pg_advisory_xact_lock(?)");
            turn(connection, "select pg_advisory_unlock(?)");
        } else {
            turn(connection, "select pg_advisory_xact_lock(?)");
        }
    }

    private static void turn(Connection connection, String statement) throws SQLException {
        try (PreparedStatement turn = connection.prepareStatement(statement)) {
            turn.setLong(1, TURN);
            turn.execute();
        }
    }
}
