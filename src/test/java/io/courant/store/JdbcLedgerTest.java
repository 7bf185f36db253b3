package io.courant.store;

import io.courant.audience.Subscribers;
import io.courant.delivery.Approvals.Assent;
import io.courant.delivery.Deliveries;
import io.courant.delivery.DeliveriesContract;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.FrozenIssuesContract;
import io.courant.delivery.Ledger;
import io.courant.delivery.LedgerContract;
import io.courant.issue.IssueId;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcLedgerTest implements DeliveriesContract, LedgerContract, FrozenIssuesContract {
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
    public void approve(IssueId issue, Instant at) {
        store.approvals().approve(issue, new Assent("ada", at, null, null));
    }

    @Override
    public long section(String heading) {
        return store.section("post-" + ++posts, heading);
    }
}
