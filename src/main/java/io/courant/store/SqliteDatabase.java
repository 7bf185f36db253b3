package io.courant.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.courant.upkeep.Instance;
import io.courant.upkeep.RunLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * A SQLite file: one connection that writes, a few that read. Commits are durable when they return (WAL with
 * {@code synchronous=FULL}).
 */
final class SqliteDatabase extends Database {
    /** The file's name in the home folder. */
    static final String FILE_NAME = "courant.db";

    /** How many scripts in {@code db/sqlite} make the tables. */
    static final int SCRIPTS = 15;

    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 5_000;
    private static final int MAKING_KIB = 128 << 10;
    private static final int CONNECTION_MILLIS = 10_000;

    private final Mark mark;

    private SqliteDatabase(Path home, HikariDataSource writer, HikariDataSource reader) {
        super(home, writer, reader);
        this.mark = new Mark(home);
    }

    /**
     * Opens the file of a home folder, making it if need be.
     *
     * @throws DatabaseException when it cannot be written, or is no database of this program
     */
    static SqliteDatabase in(Path home) {
        Path file = home.resolve(FILE_NAME);
        HikariDataSource writer = pool("write", file, false, 1);
        try {
            if (!isUpToDate(writer)) {
                migrate(writer, file);
                begin(writer, home);
            }
            return new SqliteDatabase(home, writer, pool("read", file, true, READERS));
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /** Whether a name in the home folder is that of the database or of what SQLite keeps beside it. */
    static boolean isPart(Path name) {
        return List.of(FILE_NAME, FILE_NAME + "-wal", FILE_NAME + "-shm", FILE_NAME + "-journal")
                .contains(name.toString());
    }

    /** Whether a home folder has a file of this version. Looking makes nothing and changes nothing. */
    static boolean isCurrentIn(Path home) {
        Path file = home.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return false;
        }
        return isUpToDate(beside(file));
    }

    /** Connections to a file that others may have open, and that is only read. */
    static SQLiteDataSource beside(Path file) {
        SQLiteDataSource source = new SQLiteDataSource(copying());
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    static void copyFile(Path file, Path to) {
        // not a connection that only reads: that one leaves its -wal and -shm files behind
        try (Connection connection = beside(file).getConnection();
                PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
            copy.setString(1, to.toString());
            copy.execute();
        } catch (SQLException e) {
            throw new DatabaseException(file + ": cannot be copied (" + e.getMessage() + ")", e);
        }
    }

    /** Somebody who fills a new file, within one transaction. */
    interface Filler {
        void fill(Connection connection) throws SQLException;
    }

    /** Makes a file that has tables, and rows that somebody knows; it is there as a whole, or not at all. */
    static void make(Path file, Filler filler) throws SQLException {
        boolean made = false;
        try {
            try (HikariDataSource writer = pool("make", file, false, 1)) {
                migrate(writer, file);
            }
            SQLiteConfig config = copying();
            config.setJournalMode(JournalMode.MEMORY); // a file that is not whole is deleted
            config.setSynchronous(SynchronousMode.OFF);
            config.setCacheSize(-MAKING_KIB);
            SQLiteDataSource source = new SQLiteDataSource(config);
            source.setUrl("jdbc:sqlite:" + file);
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                filler.fill(connection);
                connection.commit();
            }
            made = true;
        } finally {
            if (!made) {
                file.toFile().delete();
            }
        }
    }

    @Override
    RunLock runLock() {
        return new RunLock() {
            @Override
            public Optional<Held> take(String purpose) {
                return Optional.of(() -> {});
            }

            @Override
            public Optional<String> holder() {
                return Optional.empty();
            }
        };
    }

    @Override
    Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    Instance instance(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        return new FileInstance(write, read, transactions, home());
    }

    @Override
    long advance(JdbcClient write) {
        return FileInstance.advance(write);
    }

    @Override
    void advanced(long generation) {
        mark.note(generation);
    }

    @Override
    ErasureSecret erasureSecret(JdbcClient client) {
        return new SecretBesideKeys(home(), client);
    }

    @Override
    Remains remains(JdbcClient write, JdbcClient read) {
        return new FileRemains(write, read, home().resolve(FILE_NAME));
    }

    /** Flyway's record of scripts, read without Flyway: that one takes a second to say that nothing is to be done. */
    private static boolean isUpToDate(DataSource database) {
        try (Connection connection = database.getConnection();
                PreparedStatement record = connection.prepareStatement("""
                        select count(*), max(cast(version as integer)), min(success) from flyway_schema_history
                        """);
                ResultSet found = record.executeQuery()) {
            return found.next() && found.getInt(1) == SCRIPTS && found.getInt(2) == SCRIPTS && found.getBoolean(3);
        } catch (SQLException e) {
            return false; // a new file, or a foreign one: Flyway knows what to do, or what to say
        }
    }

    private static void begin(HikariDataSource writer, Path home) {
        JdbcClient write = JdbcClient.create(writer);
        new FileInstance(write, write, new TransactionTemplate(new SqliteTransactions(writer)), home).begin();
    }

    private static void migrate(HikariDataSource writer, Path file) {
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(writer)
                    .locations("classpath:db/sqlite")
                    .group(true) // all or nothing: the copy must not be taken again from tables that are half changed
                    .ignoreMigrationPatterns(new String[0]) // by default it works on with tables of a later version
                    .load();
            MigrationInfo[] pending = flyway.info().pending();
            if (flyway.info().current() != null && pending.length > 0) {
                OldCopies.keep(file, pending[pending.length - 1].getVersion().getVersion());
            }
            flyway.migrate();
        } catch (FlywayException e) {
            if (isForeign(writer)) {
                throw new DatabaseException(
                        file
                                + ": is a database, but not one of Courant; move it away, or name another folder with --home"
                                + " or COURANT_HOME",
                        e);
            }
            throw new DatabaseException(
                    file + ": not a database of this version of Courant (" + firstLine(e) + ");"
                            + " use the version that wrote it, or name another folder with --home",
                    e);
        }
    }

    /** Whether there are tables, but no record of scripts. */
    private static boolean isForeign(HikariDataSource writer) {
        try (Connection connection = writer.getConnection();
                PreparedStatement tables = connection.prepareStatement("""
                        select count(*) from sqlite_master
                        where type = 'table' and name = 'flyway_schema_history'
                        """);
                ResultSet found = tables.executeQuery()) {
            return found.next() && found.getInt(1) == 0;
        } catch (SQLException e) {
            return false;
        }
    }

    private static HikariDataSource pool(String name, Path file, boolean readOnly, int size) {
        SQLiteDataSource source = new SQLiteDataSource(readOnly ? forReading() : forWriting());
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setReadOnly(readOnly);
        config.setConnectionTimeout(CONNECTION_MILLIS);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            String why = String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            String advice = why.contains("SQLITE_NOTADB")
                    ? "move it away"
                    : "see that this user may read and write the folder and all in it";
            throw new DatabaseException(
                    file + ": cannot be opened as a database (" + why + "); " + advice
                            + ", or name another folder with --home or COURANT_HOME",
                    e);
        }
    }

    private static SQLiteConfig forWriting() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setPragma(Pragma.SECURE_DELETE, "on"); // what somebody wants erased must not stay where it stood
        return config;
    }

    private static SQLiteConfig forReading() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    private static SQLiteConfig copying() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("no reason given");
    }
}
