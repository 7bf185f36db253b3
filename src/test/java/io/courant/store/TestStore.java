package io.courant.store;

import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The store on a real SQLite file, wired by hand. */
public final class TestStore implements AutoCloseable {
    private final Database database;
    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    public TestStore(Path home) {
        database = Database.open(home);
        write = JdbcClient.create(database.writer());
        read = JdbcClient.create(database.reader());
        transactions = new TransactionTemplate(new JdbcTransactionManager(database.writer()));
    }

    JdbcSubscribers subscribers() {
        return new JdbcSubscribers(write, read, transactions);
    }

    JdbcSectionedPosts posts() {
        return new JdbcSectionedPosts(write, read, transactions);
    }

    JdbcNewSections newSections() {
        return new JdbcNewSections(read);
    }

    JdbcFrozenIssues issues() {
        return new JdbcFrozenIssues(write, read, transactions);
    }

    JdbcDeliveries deliveries() {
        return new JdbcDeliveries(write, database.writer(), transactions, database);
    }

    JdbcLedger ledger() {
        return new JdbcLedger(read);
    }

    JdbcSoundness soundness() {
        return new JdbcSoundness(read);
    }

    JdbcClient sql() {
        return write;
    }

    @Override
    public void close() {
        database.close();
    }
}
