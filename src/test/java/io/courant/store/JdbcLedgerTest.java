package io.courant.store;

import io.courant.audience.Subscribers;
import io.courant.delivery.Deliveries;
import io.courant.delivery.DeliveriesContract;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.FrozenIssuesContract;
import io.courant.delivery.Ledger;
import io.courant.delivery.LedgerContract;
import io.courant.post.Body;
import io.courant.post.Post;
import io.courant.section.Outline;
import io.courant.section.Section;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class JdbcLedgerTest implements DeliveriesContract, LedgerContract, FrozenIssuesContract {
    private static final Instant SEEN = Instant.parse("2026-11-20T06:00:00Z");

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
    public long section(String heading) {
        String id = "post-" + ++posts;
        Post post = new Post(
                "notes", id, null, heading, null, SEEN, null, null, List.of(), new Body(Body.Form.TEXT, "Text."));
        Outline outline = new Outline(heading, "", List.of(new Section(heading, List.of(), "Text.")), null);
        store.keep(post, outline, SEEN);
        List<Long> ids = store.posts().sections(List.of("notes")).stream()
                .map(section -> section.id())
                .toList();
        return ids.get(ids.size() - 1);
    }
}
