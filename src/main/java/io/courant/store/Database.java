package io.courant.store;

import com.zaxxer.hikari.HikariDataSource;
import io.courant.delivery.PrivateFolder;
import io.courant.upkeep.DatabaseAccident;
import io.courant.upkeep.DatabaseAddress;
import io.courant.upkeep.Instance;
import io.courant.upkeep.RunLock;
import io.courant.upkeep.UnreachableDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Where the rows are: a SQLite file in the home folder, or PostgreSQL. Opening brings the tables up to date. Commits are
 * durable when they return.
 */
public abstract sealed class Database implements AutoCloseable permits SqliteDatabase, PostgresDatabase {
    /** How many rows are fetched at a time where they are taken one by one. */
    static final int FETCHED = 1_000;

    private final Path home;
    private final HikariDataSource writer;
    private final HikariDataSource reader;

    Database(Path home, HikariDataSource writer, HikariDataSource reader) {
        this.home = home;
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Opens the database of a home folder, making both if need be.
     *
     * @param address where it is, unless it is the file in the folder
     * @throws UnreachableDatabase when the server gives no connection, or none that can be written with
     * @throws DatabaseException when the folder cannot be written, or this is no database of this program
     */
    public static Database open(Path home, Optional<DatabaseAddress> address) {
        try {
            PrivateFolder.create(home);
        } catch (IOException e) {
            throw new DatabaseException(
                    home + ": cannot make this folder (" + e + "); name another with --home or COURANT_HOME", e);
        }
        return address.isPresent() ? PostgresDatabase.at(home, address.get()) : SqliteDatabase.in(home);
    }

    /** What an exception tells of a database, if it does. */
    public static Optional<DatabaseAccident> accident(Exception accident) {
        return Trouble.in(accident);
    }

    /** Whether there is a database of this version. Looking makes nothing and changes nothing. */
    public static boolean isCurrent(Path home, Optional<DatabaseAddress> address) {
        return address.map(PostgresDatabase::isCurrentAt).orElseGet(() -> SqliteDatabase.isCurrentIn(home));
    }

    /**
     * Copies a home folder's database, as of now and consistent, into a file in another folder, with what its hashes of
     * addresses are made with; nothing if there is none.
     */
    public static void copy(Path home, Optional<DatabaseAddress> address, Path toHome) {
        Path file = home.resolve(SqliteDatabase.FILE_NAME);
        if (address.isEmpty() && !Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(toHome);
            if (address.isPresent()) {
                PostgresDatabase.copyTo(address.get(), toHome);
            } else {
                SqliteDatabase.copyFile(file, toHome.resolve(SqliteDatabase.FILE_NAME));
                SecretBesideKeys.copy(home, toHome);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of all that stands beside it. */
    final Path home() {
        return home;
    }

    /** Connections that write; SQLite has but one, so hold it briefly. */
    final HikariDataSource writer() {
        return writer;
    }

    /** Connections that only read. */
    final HikariDataSource reader() {
        return reader;
    }

    /** Gives up the connections that write, which may be broken, and opens others when they are next needed. */
    final void reopen() {
        writer.getHikariPoolMXBean().softEvictConnections();
    }

    /** Transactions of which there is one at a time, so that what was read in one is still true when it writes. */
    final JdbcTransactionManager transactions() {
        return dialect().transactions(writer);
    }

    /** The right to run jobs, which a file leaves to the lock of its folder. */
    abstract RunLock runLock();

    /** What it says its own way. */
    abstract Dialect dialect();

    /** Whether it is the one that mail was sent from last. */
    abstract Instance instance(JdbcClient write, JdbcClient read, TransactionTemplate transactions);

    /**
     * Notes within a transaction of the caller that mail is on its way, where an older database is known by that;
     * {@link #advanced} takes the answer after the commit.
     */
    abstract long advance(JdbcClient write);

    /** Notes outside the database how far it has come. */
    abstract void advanced(long generation);

    /** What its hashes of addresses are made with. */
    abstract ErasureSecret erasureSecret(JdbcClient client);

    /** What its files may hold of deleted rows. */
    abstract Remains remains(JdbcClient write, JdbcClient read);

    /**
     * Transactions around a query whose rows are taken one by one: without one, PostgreSQL's driver takes all of them at
     * once.
     */
    final TransactionTemplate reading() {
        return new TransactionTemplate(new JdbcTransactionManager(reader));
    }

    @Override
    public final void close() {
        reader.close();
        writer.close();
    }
}
