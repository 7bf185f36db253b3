package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void openingMakesFolderAndTables() {
        Path home = folder.resolve("new").resolve("home");
        try (TestStore store = new TestStore(home)) {
            assertThat(store.sql()
                            .sql("pragma journal_mode")
                            .query(String.class)
                            .single())
                    .isEqualTo("wal");
            assertThat(store.sql()
                            .sql("pragma synchronous")
                            .query(Integer.class)
                            .single())
                    .as("commits are durable when they return")
                    .isEqualTo(2);
            assertThat(store.sql()
                            .sql("pragma foreign_keys")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            assertThat(store.sql()
                            .sql("select count(*) from delivery")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
        assertThat(home.resolve(SqliteDatabase.FILE_NAME)).exists();
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws IOException {
        Path file = Files.writeString(
                folder.resolve(SqliteDatabase.FILE_NAME), "this is a letter to my aunt, not a database");
        assertThatThrownBy(() -> Database.open(folder, Optional.empty()))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not a database")
                .hasMessageContaining("--home");
        assertThat(file).hasContent("this is a letter to my aunt, not a database");
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve(SqliteDatabase.FILE_NAME);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("create table bookmark (url text)");
        }
        assertThatThrownBy(() -> Database.open(folder, Optional.empty()))
                .hasMessageContaining("is a database, but not one of Courant; move it away");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("select group_concat(name) from sqlite_master")) {
            assertThat(tables.getString(1)).isEqualTo("bookmark");
        }
    }

    @Test
    void aDatabaseOfALaterVersionIsRefused() {
        try (TestStore store = new TestStore(folder)) {
            store.sql().sql("""
                            insert into flyway_schema_history
                              (installed_rank, version, description, type, script, checksum, installed_by,
                               execution_time, success)
                            values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)
                            """).update();
        }
        assertThatThrownBy(() -> Database.open(folder, Optional.empty()))
                .hasMessageContaining(folder.resolve(SqliteDatabase.FILE_NAME).toString())
                .hasMessageContaining("use the version that wrote it");
    }

    @Test
    void aDatabaseOfAnEarlierVersionGetsTheTablesThatItLacks() {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + folder.resolve(SqliteDatabase.FILE_NAME), null, null)
                .locations("classpath:db/sqlite")
                .target("1")
                .load()
                .migrate();
        try (TestStore store = new TestStore(folder)) {
            assertThat(store.sql()
                            .sql("select count(*) from flyway_schema_history where success")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(SqliteDatabase.SCRIPTS);
        }
    }

    /** Two newsletters whose folders were called alike, as they stood before the name was part of a source's key. */
    private static final String SHARED_FOLDER = """
            insert into post (id, source, source_id, title, published, seen, categories, form, content, intro) values
              (1, 'posts', 'a.md', 'A', 1000, 5000, '[]', 'TEXT', 'A.', ''),
              (2, 'posts', 'b.md', 'B', 1000, 6000, '[]', 'TEXT', 'B.', ''),
              (3, 'https://wire.example/feed', 'c', 'C', 1000, 7000, '[]', 'TEXT', 'C.', ''),
              (4, 'drafts', 'd.md', 'D', 1000, 7000, '[]', 'TEXT', 'D.', '');
            insert into section (id, post_id, position, heading, subheadings, text) values
              (11, 1, 0, 'A', '[]', 'A.'), (12, 2, 0, 'B', '[]', 'B.'), (13, 3, 0, 'C', '[]', 'C.'),
              (14, 4, 0, 'D', '[]', 'D.');
            insert into issue (id, name, newsletter, state, subject, candidates, content, imprint, frozen_at) values
              (1, 'garden-1', 'garden', 'FINISHED', 'S', 0, '{}', '{}', 8000),
              (2, 'shed-1', 'shed', 'FINISHED', 'S', 0, '{}', '{}', 9000);
            insert into issued_section (newsletter, section_id, issue_id) values
              ('garden', 11, 1), ('shed', 12, 2), ('shed', 13, 2);
            insert into carried_over (newsletter, section_id, issue_id) values ('garden', 12, 1);
            """;

    @Test
    void newslettersWhoseFoldersWereCalledAlikeNoLongerShareThem() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve(SqliteDatabase.FILE_NAME);
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/sqlite")
                .target("3")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(SHARED_FOLDER);
        }
        try (TestStore store = new TestStore(folder)) {
            assertThat(texts(store, "select source || ' ' || item from post order by 1"))
                    .containsExactly(
                            "drafts d.md",
                            "garden: posts a.md",
                            "garden: posts b.md",
                            "https://wire.example/feed c",
                            "shed: posts a.md",
                            "shed: posts b.md");
            assertThat(texts(store, """
                            select i.newsletter || ' ' || p.source || ' ' || s.heading
                            from issued_section i join section s on s.id = i.section_id join post p on p.id = s.post_id
                            order by 1
                            """))
                    .containsExactly(
                            "garden garden: posts A", "shed https://wire.example/feed C", "shed shed: posts B");
            assertThat(texts(store, """
                            select i.newsletter || ' ' || p.source || ' ' || s.heading
                            from carried_over i join section s on s.id = i.section_id join post p on p.id = s.post_id
                            """)).containsExactly("garden garden: posts B");
            assertThat(texts(store, "select newsletter || ' ' || source || ' ' || since from subscription order by 1"))
                    .containsExactly(
                            "garden garden: posts 5000",
                            "shed https://wire.example/feed 7000",
                            "shed shed: posts 5000");
            assertThat(texts(store, "pragma foreign_key_check")).isEmpty();
        }
    }

    private static List<String> texts(TestStore store, String question) {
        return store.sql().sql(question).query(String.class).list();
    }

    @Test
    void everyScriptIsCounted() throws IOException {
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/sqlite"))) {
            assertThat(scripts.count())
                    .as("a database that has run SqliteDatabase.SCRIPTS of them is taken as up to date")
                    .isEqualTo(SqliteDatabase.SCRIPTS);
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> Database.open(file.resolve("home"), Optional.empty()))
                .hasMessageContaining(file.resolve("home") + ": cannot make this folder")
                .hasMessageContaining("--home or COURANT_HOME");
    }

    @Test
    void aCopyHasWhatWasCommittedWhileTheOriginalIsInUse() throws IOException {
        Path copy = folder.resolve("copy");
        Path home = folder.resolve("home");
        try (TestStore store = new TestStore(home)) {
            store.sql()
                    .sql("insert into suppression values ('ada@example.org', 'complaint', 1)")
                    .update();
            Database.copy(home, Optional.empty(), copy);
            store.sql().sql("delete from suppression").update();
        }
        try (TestStore copied = new TestStore(copy)) {
            assertThat(copied.sql()
                            .sql("select address_key from suppression")
                            .query(String.class)
                            .list())
                    .containsExactly("ada@example.org");
        }
        Database.copy(folder.resolve("nowhere"), Optional.empty(), folder.resolve("nothing"));
        assertThat(folder.resolve("nothing")).doesNotExist();
    }
}
