package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.upkeep.Backups.Remembered;
import io.courant.upkeep.BadBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@EachDatabase
class RemembranceTest {
    private static final Instant NOW = Instant.parse("2026-11-20T06:00:00Z");
    private static final EmailAddress ADA = new EmailAddress("ada@example.org");
    private static final EmailAddress BOB = new EmailAddress("bob@example.org");
    private static final EmailAddress CYD = new EmailAddress("cyd@example.org");
    private static final EmailAddress DAN = new EmailAddress("dan@example.org");

    @TempDir
    private Path home;

    @TempDir
    private Path newer;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(home, TestDatabase.of(home));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Subscribers subscribers(Database database) {
        return new JdbcSubscribers(
                JdbcClient.create(database.writer()),
                JdbcClient.create(database.reader()),
                database.writer(),
                new TransactionTemplate(database.transactions()),
                database);
    }

    private static JdbcErasures erasures(Database database) {
        return new JdbcErasures(
                JdbcClient.create(database.writer()),
                JdbcClient.create(database.reader()),
                new TransactionTemplate(database.transactions()),
                database);
    }

    private static void add(Database database, EmailAddress... all) {
        subscribers(database)
                .merge(Stream.of(all)
                        .map(one -> new NewSubscriber(one, "", Subscriber.State.ACTIVE, List.of(), NOW))
                        .toList());
    }

    private long id(Database database, EmailAddress address) {
        return subscribers(database).find(address).orElseThrow().id();
    }

    @Test
    void whoWasErasedSuppressedOrLeftElsewhereIsSoHere() throws IOException {
        add(database, ADA, BOB, CYD, DAN);
        try (Database there = SqliteDatabase.in(newer)) {
            add(there, DAN, CYD, ADA); // with other ids than here
            erasures(there).erase(ADA, NOW);
            subscribers(there).suppress(BOB, "complaint", NOW);
            subscribers(there).unsubscribe(id(there, CYD), NOW);
            JdbcClient write = JdbcClient.create(there.writer());
            new JdbcReaders(write, write, new TransactionTemplate(there.transactions()))
                    .leave("weekly", id(there, DAN), NOW);
        }

        assertThat(new Remembrance(database).from(newer, NOW)).isEqualTo(new Remembered(1, 1, 2));

        assertThat(subscribers(database).find(ADA)).isEmpty();
        assertThat(erasures(database).isErased(ADA)).isTrue();
        assertThat(subscribers(database).suppression(BOB)).contains("complaint");
        assertThat(subscribers(database).find(CYD)).map(Subscriber::state).contains(Subscriber.State.UNSUBSCRIBED);
        JdbcClient read = JdbcClient.create(database.reader());
        assertThat(new JdbcReaders(read, read, new TransactionTemplate(database.transactions()))
                        .find("weekly", id(database, DAN))
                        .orElseThrow()
                        .left())
                .isEqualTo(NOW);
        assertThat(new Remembrance(database).from(newer, NOW)).isEqualTo(new Remembered(0, 0, 0));
    }

    @Test
    void hashesThatWereMadeWithAnotherSaltAreRefused() throws IOException {
        erasures(database).erase(BOB, NOW);
        try (Database there = SqliteDatabase.in(newer)) {
            erasures(there).erase(ADA, NOW);
        }
        assertThatThrownBy(() -> new Remembrance(database).from(newer, NOW))
                .isInstanceOf(BadBackup.class)
                .hasMessageContaining("another salt");
    }

    @Test
    void theOtherFolderStaysAsItIs() throws IOException {
        try (Database there = SqliteDatabase.in(newer)) {
            add(there, ADA);
        }
        List<String> before = names();
        new Remembrance(database).from(newer, NOW);
        assertThat(names()).isEqualTo(before);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(newer)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
