package io.courant.store;

import io.courant.audience.Subscribers;
import io.courant.delivery.Approvals.Assent;
import io.courant.delivery.Deliveries;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Ledger;
import io.courant.delivery.LedgerFixture;
import io.courant.issue.IssueId;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The ports over a real database, a new one for each test. */
abstract class JdbcLedgerFixture implements LedgerFixture {
    @TempDir
    Path home;

    TestStore store;
    private int posts;

    @BeforeEach
    final void open() {
        store = new TestStore(home);
    }

    @AfterEach
    final void close() {
        store.close();
    }

    @Override
    public final Deliveries deliveries() {
        return store.deliveries();
    }

    @Override
    public final Ledger ledger() {
        return store.ledger();
    }

    @Override
    public final FrozenIssues issues() {
        return store.issues();
    }

    @Override
    public final Subscribers subscribers() {
        return store.subscribers();
    }

    public final void approve(IssueId issue, Instant at) {
        store.approvals().approve(issue, new Assent("ada", at, null, null));
    }

    @Override
    public final long section(String heading) {
        return store.section("post-" + ++posts, heading);
    }
}
