package io.courant.store;

import io.courant.audience.Readers;
import io.courant.audience.ReadersContract;
import io.courant.audience.Subscribers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcReadersTest implements ReadersContract {
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
    public Readers readers() {
        return store.readers();
    }

    @Override
    public Subscribers subscribers() {
        return store.subscribers();
    }
}
