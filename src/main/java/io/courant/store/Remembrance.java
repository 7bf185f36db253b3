package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.upkeep.Backups.Remembered;
import io.courant.upkeep.BadBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings to a database what newer data know of people who want no mail, or want to be forgotten. */
final class Remembrance {
    private static final String SUPPRESS = """
            insert into suppression (address_key, reason, suppressed_at)
            select address_key, reason, suppressed_at from newer.suppression where true
            on conflict do nothing
            """;
    private static final String LEAVE = """
            update subscriber set state = n.state, left_at = n.left_at
            from newer.subscriber n
            where n.address_key = subscriber.address_key and n.left_at is not null and subscriber.left_at is null
            """;
    private static final String LEAVE_ONE = """
            insert into reader (newsletter, subscriber_id, left_at)
            select r.newsletter, s.id, r.left_at
            from newer.reader r
              join newer.subscriber n on n.id = r.subscriber_id
              join subscriber s on s.address_key = n.address_key
            where r.left_at is not null
            on conflict (newsletter, subscriber_id) do update set left_at = excluded.left_at where reader.left_at is null
            """;
    private static final String ERASED = """
            insert into erasure (hash, erased_at, cleaned) select hash, erased_at, 0 from newer.erasure where true
            on conflict do nothing
            """;

    private final JdbcClient write;
    private final TransactionTemplate transactions;
    private final JdbcErasures erasures;
    private final Path home;

    Remembrance(Database database, Path home) {
        this.write = JdbcClient.create(database.writer());
        this.transactions = new TransactionTemplate(database.transactions());
        this.erasures = new JdbcErasures(write, JdbcClient.create(database.reader()), transactions, database);
        this.home = home;
    }

    /** @param other a home folder, of which nothing is changed */
    Remembered from(Path other, Instant now) throws IOException {
        Path file = other.resolve(SqliteDatabase.FILE_NAME);
        if (!Files.exists(file)) {
            throw new BadBackup(other + ": there is no database in this folder");
        }
        bringSalt(other, file);
        write.sql("attach database :file as newer")
                .param("file", file.toString())
                .update();
        Remembered gone;
        try {
            gone = transactions.execute(status -> {
                write.sql(ERASED).update();
                return new Remembered(
                        0,
                        write.sql(SUPPRESS).update(),
                        write.sql(LEAVE).update() + write.sql(LEAVE_ONE).update());
            });
        } finally {
            write.sql("detach database newer").update();
        }
        List<EmailAddress> all =
                write.sql("select address from subscriber where address <> ''").query(String.class).list().stream()
                        .map(EmailAddress::new)
                        .toList();
        Set<EmailAddress> erased = erasures.among(all);
        erased.forEach(address -> erasures.erase(address, now));
        erasures.clean();
        return gone == null
                ? new Remembered(erased.size(), 0, 0)
                : new Remembered(erased.size(), gone.suppressed(), gone.left());
    }

    /** Hashes say nothing without the salt that they were made with. */
    private void bringSalt(Path other, Path file) throws IOException {
        Path theirs = ErasureSalt.file(other);
        Path ours = ErasureSalt.file(home);
        ErasureSalt.copy(other, home);
        if (Files.exists(theirs) && Files.mismatch(theirs, ours) >= 0) {
            throw new BadBackup(file + ": its erased people are known by another salt (" + theirs + " is not " + ours
                    + "), so nobody can tell whether they are here");
        }
    }
}
