package io.courant.store;

import io.courant.audience.Subscribers;
import io.courant.audience.SubscribersContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class JdbcSubscribersTest implements SubscribersContract {
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
    public Subscribers subscribers() {
        return store.subscribers();
    }
}
