package io.courant.store;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * SQLite begins a transaction with its first statement and ends it by itself when the disk is full, fails, or is
 * locked. To roll back what is not there is an error to it, which would take the place of the one that matters.
 */
final class SqliteTransactions extends JdbcTransactionManager {
    private static final long serialVersionUID = 1L;

    SqliteTransactions(DataSource writer) {
        super(writer);
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try {
            super.doRollback(status);
        } catch (TransactionException e) {
            if (!String.valueOf(e.getMostSpecificCause().getMessage()).contains("no transaction is active")) {
                throw e;
            }
        }
    }
}
