package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A database of any earlier version comes to this one with all that it held, and stays beside it as it was. */
class MigrationsTest {
    /** What was written when a version's tables were new. */
    private static final Map<String, String> ROWS = Map.of(
            "1",
            "insert into batch_job_instance (job_instance_id, version, job_name, job_key)"
                    + " values (1, 0, 'send', 'k')",
            "2",
            """
            insert into subscriber (id, address, address_key, name, state, joined) values
              (1, 'Ada@example.org', 'ada@example.org', 'Ada', 'ACTIVE', 1), (2, 'bob@example.org', 'bob@example.org', '', 'UNSUBSCRIBED', 2);
            insert into suppression values ('eve@example.org', 'complaint', 3);
            insert into post (id, source, source_id, title, published, seen, categories, form, content, intro) values
              (1, 'https://wire.example/feed', 'a', 'A', 1000, 5000, '[]', 'TEXT', 'A.', '');
            insert into section (id, post_id, position, heading, subheadings, text) values (1, 1, 0, 'A', '[]', 'A.');
            insert into issue (id, name, newsletter, state, subject, candidates, content, imprint, frozen_at, approved_at)
              values (1, 'weekly-1', 'weekly', 'APPROVED', 'S', 2, '{}', '{}', 8000, 8100),
                (2, 'weekly-2', 'weekly', 'AWAITING_APPROVAL', 'S', 2, '{}', '{}', 8200, null);
            insert into issued_section values ('weekly', 1, 1);
            insert into variant values (1, 1, 'html', 'abc', x'68656c6c6f');
            insert into delivery (issue_id, subscriber_id, variant, state, attempt) values
              (1, 1, 1, 'ACCEPTED', 1), (1, 2, 1, 'REJECTED', 1);
            insert into delivery_attempt values (1, 2, 1, 9000, 'RCPT', '550 no', 'REJECTED');
            """,
            "3",
            "insert into relay_failure values ('mail.example.org:25', 2, 7000)",
            "4",
            """
            insert into source (key, standing, failures, problem, entries) values ('https://wire.example/feed', 'ACTIVE', 1, '503', 9)
            """,
            "5",
            "insert into choice values ('weekly', 1, 'LEAD', 6000)",
            "6",
            "insert into summary values ('q', 'All in short.')",
            "7",
            """
            insert into bounce (newsletter, message, position, subscriber_id, issue_id, at, kind, status, reply, feedback,
              evidence, trust, consequence) values ('weekly', 'm1', 0, 2, 1, 1, 'HARD', '5.1.1', '', '', '', 'TOKEN', 'NONE')
            """,
            "8",
            "insert into reader (newsletter, subscriber_id, left_at) values ('weekly', 1, 77)");

    /** What tells the rows of a version. */
    private static final NavigableMap<Integer, String> LATER =
            new TreeMap<>(Map.of(4, "503", 5, "LEAD", 6, "All in short.", 7, "HARD 5.1.1", 8, "77"));

    @TempDir
    private Path home;

    private static Flyway flyway(Path file, String target) {
        return Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .locations("classpath:db/sqlite")
                .target(target)
                .load();
    }

    static Stream<String> versions() {
        MigrationInfo[] all = flyway(Path.of(":memory:"), "latest").info().all();
        return Arrays.stream(all).map(one -> one.getVersion().getVersion()).limit(all.length - 1L);
    }

    private void make(String version) throws SQLException {
        Path file = home.resolve(SqliteDatabase.FILE_NAME);
        for (String step : versions().toList()) {
            flyway(file, step).migrate();
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate(ROWS.getOrDefault(step, ""));
            }
            if (step.equals(version)) {
                return;
            }
        }
    }

    private static List<String> texts(TestStore store, String question) {
        return store.sql().sql(question).query(String.class).list();
    }

    /** What is there of the rows of later versions. */
    private static List<String> later(TestStore store) {
        return texts(store, """
                select problem from source union all select choice from choice union all select text from summary
                union all select kind || ' ' || status from bounce union all select cast(left_at as text) from reader
                """);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatItHeldIsThereAndACopyIsKept(String version) throws SQLException, IOException {
        make(version);
        try (TestStore store = new TestStore(home)) {
            assertThat(store.instance().doubt()).isEmpty();
            assertThat(texts(store, "pragma integrity_check")).containsExactly("ok");
            assertThat(texts(store, "pragma foreign_key_check")).isEmpty();
            assertThat(texts(store, "select job_name from batch_job_instance")).containsExactly("send");
            if (Integer.parseInt(version) >= 2) {
                assertThat(texts(store, "select address || ' ' || name || ' ' || state from subscriber order by id"))
                        .containsExactly("Ada@example.org Ada ACTIVE", "bob@example.org  UNSUBSCRIBED");
                assertThat(texts(store, "select address_key from suppression")).containsExactly("eve@example.org");
                assertThat(texts(store, "select state || ' ' || attempt from delivery order by subscriber_id"))
                        .containsExactly("ACCEPTED 1", "REJECTED 1");
                assertThat(texts(store, "select reply from delivery_attempt")).containsExactly("550 no");
                assertThat(texts(store, "select name || ' ' || approvers from issue order by id"))
                        .as("what was approved goes out, and what was not waits for somebody")
                        .containsExactly("weekly-1 0", "weekly-2 1");
                assertThat(texts(store, "select heading from section join issued_section on section_id = id"))
                        .containsExactly("A");
                assertThat(texts(store, "select cast(bytes as text) from message"))
                        .containsExactly("hello");
            }
            assertThat(later(store))
                    .containsExactlyElementsOf(
                            LATER.headMap(Integer.parseInt(version), true).values());
        }
        List<Path> copies = OldCopies.in(home);
        assertThat(copies).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copies.get(0))))
                .isEqualTo("rw-------");
        assertThat(Copy.open(copies.get(0), home).schema()).isEqualTo(Integer.parseInt(version));
    }

    @Test
    void onlyTheLastCopyIsKeptAndNoneOfANewDatabase() throws SQLException, IOException {
        try (TestStore store = new TestStore(home.resolve("new"))) {
            assertThat(store.instance().doubt()).isEmpty();
        }
        assertThat(OldCopies.in(home.resolve("new"))).isEmpty();
        make("7");
        Files.writeString(home.resolve("courant.db.before-V4"), "older");
        new TestStore(home).close();
        assertThat(OldCopies.in(home)).hasSize(1).noneMatch(copy -> copy.endsWith("courant.db.before-V4"));
    }

    @Test
    void whoIsErasedStandsInNoCopyEither() throws SQLException {
        make("8");
        try (TestStore store = new TestStore(home)) {
            JdbcErasures erasures = store.erasures();
            assertThat(erasures.oldCopies()).hasSize(1);
            assertThat(erasures.traces(new EmailAddress("bob@example.org")))
                    .contains("file " + erasures.oldCopies().get(0));
            erasures.erase(new EmailAddress("bob@example.org"), Instant.EPOCH);
            assertThat(erasures.oldCopies()).isEmpty();
        }
    }

    @Test
    void withoutARoomForTheCopyNothingIsChanged() throws SQLException, IOException {
        make("7");
        Files.createDirectories(home.resolve("courant.db.before-V" + newest()).resolve("in the way"));
        assertThatThrownBy(() -> Database.open(home, Optional.empty())).hasMessageContaining("before it is changed");
        assertThat(Copy.open(home.resolve(SqliteDatabase.FILE_NAME), home).schema())
                .isEqualTo(7);
    }

    @Test
    void anUpdateThatFailsHalfWayLeavesAllAsItWas() throws SQLException {
        make("8");
        change("create table webhook_message (in_the_way text)"); // the last script fails
        assertThatThrownBy(() -> Database.open(home, Optional.empty())).isInstanceOf(DatabaseException.class);
        assertThat(Copy.open(home.resolve(SqliteDatabase.FILE_NAME), home).schema())
                .isEqualTo(8);
        change("drop table webhook_message");
        new TestStore(home).close();
        assertThat(OldCopies.in(home))
                .singleElement()
                .satisfies(copy -> assertThat(Copy.open(copy, home).schema()).isEqualTo(8));
    }

    private void change(String statement) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve(SqliteDatabase.FILE_NAME));
                Statement change = connection.createStatement()) {
            change.executeUpdate(statement);
        }
    }

    private static String newest() {
        MigrationInfo[] all = flyway(Path.of(":memory:"), "latest").info().all();
        return all[all.length - 1].getVersion().getVersion();
    }
}
