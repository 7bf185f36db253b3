package io.courant.store;

import io.courant.post.Body;
import io.courant.post.Post;
import io.courant.section.Assignments;
import io.courant.section.AssignmentsContract;
import io.courant.section.Outline;
import io.courant.section.Section;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcAssignmentsTest implements AssignmentsContract {
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
    public Assignments assignments() {
        return store.assignments();
    }

    @Override
    public long section(String source, Instant published) {
        String id = "post " + posts++;
        Post post = new Post(
                source,
                id,
                null,
                id,
                null,
                published,
                null,
                null,
                List.of(),
                new Body(Body.Form.TEXT, "Text of " + id));
        store.keep(
                post,
                new Outline(id, "", List.of(new Section(id, List.of(), "Text")), null),
                Instant.parse("2026-11-22T00:00:00Z"));
        return Objects.requireNonNull(
                store.sql().sql("select max(id) from section").query(Long.class).single());
    }
}
