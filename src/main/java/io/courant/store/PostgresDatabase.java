package io.courant.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.courant.upkeep.DatabaseAddress;
import io.courant.upkeep.Instance;
import io.courant.upkeep.RunLock;
import io.courant.upkeep.UnreachableDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of a PostgreSQL server, which several machines may share. Its schema is the user's default. */
final class PostgresDatabase extends Database {
    /** The last script in {@code db/postgresql}. */
    private static final int VERSION = 15;

    private static final int CONNECTIONS = 10; // a worker has one for each part that it works on
    private static final int CONNECTION_MILLIS = 10_000;
    private static final int LONGEST_SECONDS = 900;

    /** A server may be told to forget its last commits when it crashes; who has mail must not be among them. */
    private static final String DURABLE = """
            select case when current_setting('synchronous_commit') = 'off'
              then set_config('synchronous_commit', 'on', false) end
            """;

    /**
     * A server holds for hours what a client had locked whose packets do not come any more; those it is to be rid of soon,
     * also while it is at work for them. Only some servers can look up from their work.
     */
    static final String ALERT = """
            select set_config(name, wanted, false)
            from pg_settings join (values
              ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3'),
              ('tcp_user_timeout', '25000'), ('client_connection_check_interval', '5000')) as wish (name, wanted) using (name)
            where name <> 'client_connection_check_interval' or version() like '%linux%'
            """;

    private final DatabaseAddress address;

    private PostgresDatabase(Path home, HikariDataSource writer, HikariDataSource reader, DatabaseAddress address) {
        super(home, writer, reader);
        this.address = address;
    }

    /**
     * Opens a database, making its tables if need be.
     *
     * @throws UnreachableDatabase when the server gives no connection, or none that can be written with
     * @throws DatabaseException when this is no database of this program
     */
    static PostgresDatabase at(Path home, DatabaseAddress address) {
        HikariDataSource writer = pool("write", address, false);
        try {
            requirePrimary(writer, address);
            if (!isCurrent(writer)) {
                migrate(writer, address);
                JdbcClient write = JdbcClient.create(writer);
                new ServerInstance(write, write, home).begin();
            }
            return new PostgresDatabase(home, writer, pool("read", address, true), address);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    static boolean isCurrentAt(DatabaseAddress address) {
        try (Connection connection = source(address).getConnection()) {
            return isUpToDate(connection);
        } catch (SQLException e) {
            throw unreachable(address.toString(), e);
        }
    }

    /**
     * Copies all rows, as they are at one moment, into a SQLite file of another home folder, with what hashes are made
     * with; nothing where there are no tables yet. Nothing is sent from there before somebody confirms it.
     */
    static void copyTo(DatabaseAddress address, Path toHome) throws IOException {
        Path file = toHome.resolve(SqliteDatabase.FILE_NAME);
        try (Connection from = source(address).getConnection()) {
            if (!hasTables(from)) {
                return;
            }
            if (!isCurrentAt(address)) {
                throw new DatabaseException(
                        address + ": its tables are not those of this version of Courant; update all"
                                + " machines, and let one of them open it ('courant status')");
            }
            from.setAutoCommit(false);
            from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            from.setReadOnly(true);
            SqliteDatabase.make(file, to -> {
                SqliteSide sqlite = new SqliteSide(to);
                PostgresSide postgres = new PostgresSide(from);
                Transfer transfer = new Transfer(sqlite, postgres, done -> {});
                transfer.compare(transfer.copy(postgres, sqlite, transfer.tables()), sqlite);
                FileInstance.leave(to);
            });
            SecretBesideKeys.put(toHome, new SecretInTable(client(from)).bytes());
        } catch (SQLException e) {
            throw new DatabaseException(address + ": cannot be copied to " + file + " (" + e.getMessage() + ")", e);
        }
    }

    /** Statements within the transaction of a connection. */
    static JdbcClient client(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    private static boolean hasTables(Connection connection) throws SQLException {
        try (PreparedStatement look =
                        connection.prepareStatement("select to_regclass('flyway_schema_history') is not null");
                ResultSet found = look.executeQuery()) {
            return found.next() && found.getBoolean(1);
        }
    }

    @Override
    RunLock runLock() {
        return new PostgresRunLock(source(address), JdbcClient.create(reader()));
    }

    @Override
    Dialect dialect() {
        return Dialect.POSTGRES;
    }

    @Override
    Instance instance(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        return new ServerInstance(write, read, home());
    }

    @Override
    long advance(JdbcClient write) {
        return 0; // the server's timeline tells, and a row that every commit changes would hold up all workers
    }

    @Override
    void advanced(long generation) {
        // nothing stands beside it
    }

    @Override
    ErasureSecret erasureSecret(JdbcClient client) {
        return new SecretInTable(client);
    }

    @Override
    Remains remains(JdbcClient write, JdbcClient read) {
        return new ServerRemains(write);
    }

    /** What a standby says of itself later would be riddles. */
    private static void requirePrimary(DataSource writer, DatabaseAddress address) {
        try (Connection connection = writer.getConnection();
                PreparedStatement look = connection.prepareStatement("select pg_is_in_recovery()");
                ResultSet found = look.executeQuery()) {
            if (found.next() && found.getBoolean(1)) {
                throw unreachable(address.toString(), new SQLException("it only follows another server", "25006"));
            }
        } catch (SQLException e) {
            throw unreachable(address.toString(), e);
        }
    }

    private static boolean isCurrent(DataSource writer) {
        try (Connection connection = writer.getConnection()) {
            return isUpToDate(connection);
        } catch (SQLException e) {
            return false; // Flyway knows what to say
        }
    }

    private static boolean isUpToDate(Connection connection) {
        try (PreparedStatement record = connection.prepareStatement("""
                        select max(cast(version as integer)), bool_and(success) from flyway_schema_history
                        """);
                ResultSet found = record.executeQuery()) {
            return found.next() && found.getInt(1) == VERSION && found.getBoolean(2);
        } catch (SQLException e) {
            return false; // new or foreign: Flyway knows what to do, or what to say
        }
    }

    private static void migrate(DataSource writer, DatabaseAddress address) {
        try {
            Flyway.configure()
                    .dataSource(writer)
                    .locations("classpath:db/postgresql")
                    .group(true)
                    .ignoreMigrationPatterns(new String[0]) // by default it works on with tables of a later version
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            Optional<SQLException> said = Trouble.innermost(e).filter(one -> Trouble.of(one) != Trouble.SERVER);
            if (said.isPresent()) {
                throw unreachable(address.toString(), said.get());
            }
            throw new DatabaseException(
                    address + ": not a database of this version of Courant ("
                            + String.valueOf(e.getMessage())
                                    .strip()
                                    .lines()
                                    .findFirst()
                                    .orElse("no reason given")
                            + "); use the version that made it, or name an empty one",
                    e);
        }
    }

    private static HikariDataSource pool(String name, DatabaseAddress address, boolean readOnly) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source(address));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setReadOnly(readOnly);
        config.setConnectionTimeout(CONNECTION_MILLIS);
        config.setConnectionInitSql(DURABLE + ";" + ALERT);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw e.getCause() instanceof SQLException said ? unreachable(address.toString(), said) : e;
        }
    }

    /** A server that gives no connection, or none of use, and why. */
    static UnreachableDatabase unreachable(String name, SQLException said) {
        Trouble trouble = Trouble.of(said);
        return new UnreachableDatabase(
                name + ": " + trouble.accident(said.getMessage()).words(), !trouble.isOfSettings(), said);
    }

    private static PGSimpleDataSource source(DatabaseAddress address) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.url());
        if (address.user() != null) {
            source.setUser(address.user());
        }
        if (address.password() != null) {
            source.setPassword(address.password());
        }
        source.setApplicationName("courant");
        source.setReWriteBatchedInserts(true);
        source.setTcpKeepAlive(true);
        if (source.getSocketTimeout() == 0) { // planning a long list takes minutes
            source.setSocketTimeout(LONGEST_SECONDS);
        }
        if (source.getSocketFactory() == null) {
            source.setSocketFactory(KnockingSockets.class.getName());
        }
        return source;
    }
}
