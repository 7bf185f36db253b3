package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.ErasuresContract;
import io.courant.audience.Subscribers;
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
        erasures().erase(ADA, NOW);
        Path salt = home.resolve("keys/erasure.salt");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(salt)))
                .isEqualTo("rw-------");
        assertThat(Files.size(salt)).isEqualTo(32);
    }

    @Test
    void anotherSaltMakesOtherHashes(@TempDir Path other) {
        ErasureSalt one = new ErasureSalt(new SecretBesideKeys(home, () -> false));
        ErasureSalt two = new ErasureSalt(new SecretBesideKeys(other, () -> false));
        assertThat(one.hash(ADA))
                .isNotEqualTo(two.hash(ADA))
                .isEqualTo(new ErasureSalt(new SecretBesideKeys(home, () -> true)).hash(new EmailAddress("ada@bücher.example")));
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
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve(SqliteDatabase.FILE_NAME));
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
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
        store.sql()
                .sql("create trigger late after insert on erasure begin " + quoting("cyd") + "; end")
                .update();
        erasures().erase(ADA, NOW);
        assertThat(reasons()).containsExactly("not (erased)", "not (erased)");
    }

    @Test
    void aLostSaltIsNotReplacedWhileThereAreHashes() throws IOException {
        erasures().erase(ADA, NOW);
        Files.delete(home.resolve("keys/erasure.salt"));
        assertThatThrownBy(() -> erasures().isErased(ADA)).hasMessageContaining("restore it from a backup");
    }
}
