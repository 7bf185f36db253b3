package io.courant.store;

import io.courant.audience.Subscribers;
import io.courant.bounce.Bounces;
import io.courant.bounce.BouncesContract;
import io.courant.delivery.Deliveries;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Ledger;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcBouncesTest implements BouncesContract {
    @TempDir
    private Path home;

    private TestStore store;
    private int posts;

    @BeforeEach
    void open() {
        store = new TestStore(home);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public Bounces bounces() {
        return store.bounces();
    }

    @Override
    public Deliveries deliveries() {
        return store.deliveries();
    }

    @Override
    public Ledger ledger() {
        return store.ledger();
    }

    @Override
    public FrozenIssues issues() {
        return store.issues();
    }

    @Override
    public Subscribers subscribers() {
        return store.subscribers();
    }

    @Override
    public long section(String heading) {
        return store.section("post-" + ++posts, heading);
    }
}
