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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        ErasureSalt one = new ErasureSalt(home, () -> false);
        ErasureSalt two = new ErasureSalt(other, () -> false);
        assertThat(one.hash(ADA))
                .isNotEqualTo(two.hash(ADA))
                .isEqualTo(new ErasureSalt(home, () -> true).hash(new EmailAddress("ada@bücher.example")));
    }

    @Test
    void aLostSaltIsNotReplacedWhileThereAreHashes() throws IOException {
        erasures().erase(ADA, NOW);
        Files.delete(home.resolve("keys/erasure.salt"));
        assertThatThrownBy(() -> erasures().isErased(ADA)).hasMessageContaining("restore it from a backup");
    }
}
