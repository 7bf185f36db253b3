package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.delivery.SecretFile;
import io.courant.upkeep.Backups.Remembered;
import io.courant.upkeep.BadBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteDataSource;

/** Brings to a database what newer data know of people who want no mail, or want to be forgotten. */
final class Remembrance {
    /** How many rows are brought with one batch. */
    private static final int SOME = 1_000;

    // each selects what it is given: PostgreSQL's driver tells no counts of rows that stand as values
    private static final Kept ERASED = new Kept("select hash, erased_at from erasure", """
            insert into erasure (hash, erased_at, cleaned) select ?, ?, false where true on conflict do nothing
            """);
    private static final Kept SUPPRESSED = new Kept("select address_key, reason, suppressed_at from suppression", """
            insert into suppression (address_key, reason, suppressed_at) select ?, ?, ? where true
            on conflict do nothing
            """);
    private static final Kept LEFT = new Kept(
            "select state, left_at, address_key from subscriber where left_at is not null",
            "update subscriber set state = ?, left_at = ? where address_key = ? and left_at is null");
    private static final Kept LEFT_ONE = new Kept("""
            select r.newsletter, r.left_at, s.address_key from reader r join subscriber s on s.id = r.subscriber_id
            where r.left_at is not null
            """, """
            insert into reader (newsletter, left_at, subscriber_id)
            select ?, ?, id from subscriber where address_key = ?
            on conflict (newsletter, subscriber_id) do update set left_at = excluded.left_at where reader.left_at is null
            """);

    private final JdbcClient write;
    private final JdbcTemplate batch;
    private final TransactionTemplate transactions;
    private final JdbcErasures erasures;
    private final ErasureSecret secret;

    Remembrance(Database database) {
        this.write = JdbcClient.create(database.writer());
        this.batch = new JdbcTemplate(database.writer());
        this.transactions = new TransactionTemplate(database.transactions());
        this.erasures = new JdbcErasures(write, JdbcClient.create(database.reader()), transactions, database);
        this.secret = database.erasureSecret(write);
    }

    /** What is read there, and the statement that brings a row of it here. */
    private record Kept(String there, String here) {}

    /** @param other a home folder, of which nothing is changed */
    Remembered from(Path other, Instant now) throws IOException {
        Path file = other.resolve(SqliteDatabase.FILE_NAME);
        if (!Files.exists(file)) {
            throw new BadBackup(other + ": there is no database in this folder");
        }
        bringSecret(other, file);
        SQLiteDataSource newer = SqliteDatabase.beside(file);
        JdbcTemplate there = new JdbcTemplate(newer);
        Remembered gone = Objects.requireNonNull(transactions.execute(status -> {
            bring(there, ERASED);
            return new Remembered(0, bring(there, SUPPRESSED), bring(there, LEFT) + bring(there, LEFT_ONE));
        }));
        List<EmailAddress> all =
                write.sql("select address from subscriber where address <> ''").query(String.class).list().stream()
                        .map(EmailAddress::new)
                        .toList();
        Set<EmailAddress> erased = erasures.among(all);
        erased.forEach(address -> erasures.erase(address, now));
        erasures.clean();
        return new Remembered(erased.size(), gone.suppressed(), gone.left());
    }

    /** How many rows it changed here. */
    private int bring(JdbcTemplate there, Kept kept) {
        Bringing bringing = new Bringing(kept.here());
        there.query(kept.there(), bringing::take);
        bringing.flush();
        return bringing.changed;
    }

    private final class Bringing {
        private final String statement;
        private final List<Object[]> rows = new ArrayList<>();
        private int changed;

        Bringing(String statement) {
            this.statement = statement;
        }

        void take(ResultSet row) throws SQLException {
            Object[] values = new Object[row.getMetaData().getColumnCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.getObject(i + 1);
            }
            rows.add(values);
            if (rows.size() == SOME) {
                flush();
            }
        }

        void flush() {
            changed += Arrays.stream(batch.batchUpdate(statement, rows)).sum();
            rows.clear();
        }
    }

    /** Hashes say nothing without the secret that they were made with. */
    private void bringSecret(Path other, Path file) throws IOException {
        Path theirs = SecretBesideKeys.file(other);
        secret.adopt(other);
        if (Files.exists(theirs) && !Arrays.equals(SecretFile.read(theirs), secret.bytes())) {
            throw new BadBackup(file + ": its erased people are known by another salt (" + theirs
                    + " is not the one here), so nobody can tell whether they are here");
        }
    }
}
