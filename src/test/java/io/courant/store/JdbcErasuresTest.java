package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.ErasuresContract;
import io.courant.audience.Subscribers;
import io.courant.upkeep.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcErasuresTest implements ErasuresContract {
    @TempDir
    private Path home;

    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(home);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public Erasures erasures() {
        return store.erasures();
    }

    @Override
    public Subscribers subscribers() {
        return store.subscribers();
    }

    @Test
    void theSaltIsForItsOwnerOnly() throws IOException {
        assumeTrue(TestDatabase.isSqlite(), "PostgreSQL keeps it in a table");
        erasures().erase(ADA, NOW);
        Path salt = home.resolve("keys/erasure.salt");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(salt)))
                .isEqualTo("rw-------");
        assertThat(Files.size(salt)).isEqualTo(32);
    }

    /** SQLite may have overwritten all at once; PostgreSQL keeps old versions of rows until it vacuums. */
    @Test
    void whatIsLeftOfDeletedRowsIsCleared() {
        subscribers().suppress(ADA, "complaint", NOW);
        erasures().erase(ADA, NOW);
        assertThat(erasures().clean()).isTrue();
        assertThat(store.all("select count(*) from erasure where not cleaned").toString())
                .isEqualTo("[[0]]");
    }

    @Test
    void whoReadsWhatWasThereBeforeKeepsItFromBeingCleared() throws SQLException {
        assumeTrue(!TestDatabase.isSqlite(), "a log that cannot be emptied is SQLite's case");
        try (Connection other = DriverManager.getConnection(
                        TestDatabase.of(home).orElseThrow().url());
                Statement statement = other.createStatement()) {
            statement.execute("begin isolation level repeatable read");
            statement.execute("select count(*) from subscriber");
            erasures().erase(ADA, NOW);
            assertThat(erasures().clean()).isFalse();
            statement.execute("commit");
        }
        assertThat(erasures().clean()).isTrue();
    }

    @Test
    void anotherSaltMakesOtherHashes(@TempDir Path other) {
        ErasureSalt one = new ErasureSalt(new SecretBesideKeys(home, () -> false));
        ErasureSalt two = new ErasureSalt(new SecretBesideKeys(other, () -> false));
        assertThat(one.hash(ADA))
                .isNotEqualTo(two.hash(ADA))
                .isEqualTo(new ErasureSalt(new SecretBesideKeys(home, () -> true))
                        .hash(new EmailAddress("ada@bücher.example")));
    }

    private static String quoting(String by) {
        return "insert into suppression (address_key, reason, suppressed_at) values ('" + by + "@example.org', 'not "
                + ADA.value() + "', 0)";
    }

    private List<String> reasons() {
        return store.sql()
                .sql("select reason from suppression order by address_key")
                .query(String.class)
                .list();
    }

    @Test
    void nobodyWhoWritesWaitsForTheSearchThroughTexts() throws SQLException {
        store.sql().sql(quoting("bob")).update();
        try (Connection other = DriverManager.getConnection(TestDatabase.of(home)
                        .map(DatabaseAddress::url)
                        .orElse("jdbc:sqlite:" + home.resolve(SqliteDatabase.FILE_NAME)));
                Statement statement = other.createStatement()) {
            statement.execute(TestDatabase.isSqlite() ? "begin immediate" : "begin");
            statement.execute(quoting("cyd"));
            assertThat(store.scrub().everywhere(new Traces(ADA, List.of())))
                    .extracting(Scrub.Found::text)
                    .containsExactly("not " + ADA.value());
            statement.execute("commit");
        }
        erasures().erase(ADA, NOW);
        assertThat(reasons()).containsExactly("not (erased)", "not (erased)");
    }

    @Test
    void aTextThatArrivesMeanwhileIsFound() {
        store.sql().sql(quoting("bob")).update();
        (TestDatabase.isSqlite()
                        ? List.of("create trigger late after insert on erasure begin " + quoting("cyd") + "; end")
                        : List.of(
                                "create function late() returns trigger language plpgsql as $$ begin " + quoting("cyd")
                                        + "; return null; end $$",
                                "create trigger late after insert on erasure for each row execute function late()"))
                .forEach(statement -> store.sql().sql(statement).update());
        erasures().erase(ADA, NOW);
        assertThat(reasons()).containsExactly("not (erased)", "not (erased)");
    }

    @Test
    void aLostSaltIsNotReplacedWhileThereAreHashes() throws IOException {
        erasures().erase(ADA, NOW);
        if (TestDatabase.isSqlite()) {
            Files.delete(home.resolve("keys/erasure.salt"));
        } else {
            store.sql().sql("delete from erasure_secret").update();
        }
        assertThatThrownBy(() -> erasures().isErased(ADA)).hasMessageContaining("restore it from a backup");
    }
}
