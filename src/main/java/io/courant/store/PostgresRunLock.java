package io.courant.store;

import io.courant.upkeep.RunLock;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A lock of the server's, which belongs to a connection and ends with it. Others see the purpose as the connection's name. */
final class PostgresRunLock implements RunLock {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresRunLock.class);

    /** Of the locks that a database's users agree upon. */
    private static final long KEY = PostgresTransactions.TURN + 1;

    /** As long as a name can be, in bytes. */
    private static final int NAME = 63;

    private static final String HOLDER = """
            select a.application_name
            from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.database = a.datid and a.datname = current_database()
              and l.classid = %d and l.objid = %d
            """.formatted(KEY >>> 32, KEY & 0xffff_ffffL);

    private final DataSource sessions;
    private final JdbcClient read;

    /** @param sessions makes connections of their own, not of a pool */
    PostgresRunLock(DataSource sessions, JdbcClient read) {
        this.sessions = sessions;
        this.read = read;
    }

    @Override
    public Optional<Held> take(String purpose) {
        try {
            return take(purpose, new SingleConnectionDataSource(sessions.getConnection(), true));
        } catch (SQLException e) {
            throw PostgresDatabase.unreachable("the database", e);
        }
    }

    private static Optional<Held> take(String purpose, SingleConnectionDataSource session) {
        boolean held = false;
        try {
            JdbcClient client = JdbcClient.create(session);
            client.sql(PostgresDatabase.ALERT).query().listOfRows();
            client.sql("select set_config('application_name', :name, false)")
                    .param("name", name(purpose))
                    .query(String.class)
                    .single();
            held = client.sql("select pg_try_advisory_lock(:key)")
                    .param("key", KEY)
                    .query(Boolean.class)
                    .single();
            return held ? Optional.of(() -> giveBack(client, session)) : Optional.empty();
        } finally {
            if (!held) {
                session.destroy();
            }
        }
    }

    /** With a word: the server does not notice at once that a connection has ended. */
    private static void giveBack(JdbcClient client, SingleConnectionDataSource session) {
        try {
            client.sql("select pg_advisory_unlock(:key)")
                    .param("key", KEY)
                    .query()
                    .singleRow();
        } catch (DataAccessException e) {
            LOG.debug("the lock ends with its connection", e);
        } finally {
            session.destroy();
        }
    }

    @Override
    public Optional<String> holder() {
        return read.sql(HOLDER).query(String.class).optional();
    }

    private static String name(String purpose) {
        byte[] bytes = purpose.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= NAME ? purpose : new String(bytes, 0, NAME, StandardCharsets.US_ASCII);
    }
}
