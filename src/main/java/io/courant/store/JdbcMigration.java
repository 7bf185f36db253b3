package io.courant.store;

import io.courant.upkeep.DatabaseAddress;
import io.courant.upkeep.Doubt;
import io.courant.upkeep.Migration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Moves the rows of a home folder's file, which nobody else has open for sending. */
public final class JdbcMigration implements Migration {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcMigration.class);

    private final Path home;

    public JdbcMigration(Path home) {
        this.home = home;
    }

    private SqliteDatabase open() {
        if (!Files.exists(home.resolve(SqliteDatabase.FILE_NAME))) {
            throw new DatabaseException(
                    home + ": there is no " + SqliteDatabase.FILE_NAME + " to move; name another folder with --home");
        }
        return SqliteDatabase.in(home);
    }

    @Override
    public Optional<Doubt> doubt() {
        try (SqliteDatabase database = open()) {
            return new FileInstance(
                            JdbcClient.create(database.writer()),
                            JdbcClient.create(database.reader()),
                            new TransactionTemplate(database.transactions()),
                            home)
                    .doubt();
        }
    }

    @Override
    public Moved to(DatabaseAddress target, Consumer<Progress> progress) {
        boolean done = false;
        try (SqliteDatabase here = open();
                PostgresDatabase there = PostgresDatabase.at(home, target);
                Connection from = here.writer().getConnection();
                Connection to = there.writer().getConnection()) {
            from.setAutoCommit(false); // which keeps out everybody who writes: nothing may be added that is not copied
            to.setAutoCommit(false);
            try {
                here.erasureSecret(JdbcClient.create(here.reader())).bytes(); // there are no hashes without it
                there.erasureSecret(PostgresDatabase.client(to)).adopt(home); // before they are there
                Moved moved = move(from, to, target, progress);
                done = true;
                return moved;
            } finally {
                if (!done) { // a pool would commit what it finds half done
                    abandon(from);
                    abandon(to);
                }
            }
        } catch (SQLException | IOException e) {
            throw new DatabaseException(
                    home + ": could not be moved to " + target + " (" + e.getMessage()
                            + "); nothing was kept of it there, and all is here as it was",
                    e);
        }
    }

    private static void abandon(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("no rollback on a connection that is gone, nor need of one", e);
        }
    }

    private Moved move(Connection from, Connection to, DatabaseAddress target, Consumer<Progress> progress)
            throws SQLException {
        SqliteSide sqlite = new SqliteSide(from);
        PostgresSide postgres = new PostgresSide(to);
        Transfer transfer = new Transfer(sqlite, postgres, progress);
        List<Table> tables = transfer.tables();
        List<String> filled = postgres.filled(tables);
        if (!filled.isEmpty()) {
            throw new DatabaseException(target + ": is not empty, there are rows in " + String.join(", ", filled)
                    + ", and nothing is replaced; name an empty database");
        }
        Map<Table, RowSum> sums = transfer.copy(sqlite, postgres, tables);
        transfer.compare(sums, postgres);
        FileInstance.leave(from);
        from.commit(); // first: whatever happens now, both never take themselves for the one that sends
        commit(to, target);
        Map<String, Long> rows = new LinkedHashMap<>();
        sums.forEach((table, sum) -> rows.put(table.name(), sum.rows()));
        return new Moved(rows);
    }

    private void commit(Connection to, DatabaseAddress target) {
        try {
            to.commit();
        } catch (SQLException e) {
            throw new DatabaseException(
                    target + ": did not say whether it kept the rows (" + e.getMessage() + "); look whether 'courant"
                            + " status' shows them there. If not: 'courant instance confirm' in " + home
                            + ", and move again",
                    e);
        }
    }
}
