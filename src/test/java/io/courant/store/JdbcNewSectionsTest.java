package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.delivery.Samples;
import io.courant.issue.Issue;
import io.courant.issue.Issue.CarriedOver;
import io.courant.issue.IssueId;
import io.courant.issue.NewSections.NewSection;
import io.courant.post.Body;
import io.courant.post.Post;
import io.courant.post.Source;
import io.courant.section.Outline;
import io.courant.section.Section;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcNewSectionsTest {
    private static final Instant SEEN = Instant.parse("2026-11-20T06:00:00Z");
    private static final String NEWSLETTER = "deep-learning";

    @TempDir
    private Path home;

    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(home);
        store.subscribers()
                .merge(List.of(new NewSubscriber(
                        new EmailAddress("ada@example.org"), "", Subscriber.State.ACTIVE, List.of(), SEEN)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long keep(String source, String heading) {
        Post post = new Post(
                source, heading, null, heading, null, SEEN, null, null, List.of(), new Body(Body.Form.TEXT, "Text."));
        store.keep(post, new Outline(heading, "", List.of(new Section(heading, List.of(), "Text.")), null), SEEN);
        List<Long> ids = store.posts().sections(List.of(source)).stream()
                .map(section -> section.id())
                .toList();
        return ids.get(ids.size() - 1);
    }

    private void freeze(String id, long item, CarriedOver... carriedOver) {
        Issue whole = Samples.issue(id, item);
        Samples.freeze(
                store.issues(),
                new Issue(
                        whole.id(),
                        whole.newsletter(),
                        whole.date(),
                        whole.sections(),
                        whole.brief(),
                        List.of(carriedOver),
                        List.of(),
                        List.of()));
    }

    private List<Tuple> fresh(String newsletter, String... sources) {
        List<Source> read = Stream.of(sources)
                .map(key -> new Source(key, key, new Source.Folder(home)))
                .toList();
        return store.newSections().of(Samples.newsletter(newsletter, read), SEEN).stream()
                .map((NewSection section) -> tuple(section.section().section().heading(), section.waited()))
                .toList();
    }

    @Test
    void whatNoIssueHoldsIsNewInTheOrderInWhichItWasKept() {
        keep("notes", "One");
        keep("wire", "Two");
        keep("elsewhere", "Three");
        assertThat(fresh(NEWSLETTER, "wire", "notes")).containsExactly(tuple("One", false), tuple("Two", false));
        assertThat(fresh(NEWSLETTER)).isEmpty();
    }

    @Test
    void anItemOfAFrozenIssueIsNewOnlyToOthers() {
        long one = keep("notes", "One");
        keep("notes", "Two");
        freeze("deep-learning-2026-11-23", one);
        assertThat(fresh(NEWSLETTER, "notes")).containsExactly(tuple("Two", false));
        assertThat(fresh("hardware", "notes")).containsExactly(tuple("One", false), tuple("Two", false));
    }

    @Test
    void whatAnIssueCarriesOverStaysNewAndIsKnownToHaveWaited() {
        long one = keep("notes", "One");
        long two = keep("notes", "Two");
        freeze("deep-learning-2026-11-23", one, new CarriedOver(two, "Two"));
        keep("notes", "Three");
        assertThat(fresh(NEWSLETTER, "notes")).containsExactly(tuple("Two", true), tuple("Three", false));
        assertThat(fresh("hardware", "notes"))
                .containsExactly(tuple("One", false), tuple("Two", false), tuple("Three", false));
    }

    @Test
    void whatTheHtmlLeavesOutStaysNewAndIsKnownToHaveWaited() {
        long one = keep("notes", "One");
        Samples.freeze(
                store.issues(),
                Samples.issue("deep-learning-2026-11-23", one)
                        .leavingOut(List.of(
                                Samples.issue("deep-learning-2026-11-23", one).lead())));
        assertThat(fresh(NEWSLETTER, "notes")).containsExactly(tuple("One", true));
    }

    @Test
    void whatIsCarriedOverTwiceWaitsOnUntilAnIssueHoldsIt() {
        long one = keep("notes", "One");
        long two = keep("notes", "Two");
        long three = keep("notes", "Three");
        freeze("deep-learning-2026-11-23", one, new CarriedOver(two, "Two"), new CarriedOver(three, "Three"));
        freeze("deep-learning-2026-11-30", three, new CarriedOver(two, "Two"));
        assertThat(fresh(NEWSLETTER, "notes")).containsExactly(tuple("Two", true));
        assertThat(store.sql()
                        .sql(
                                "select i.name from carried_over c join issue i on i.id = c.issue_id where c.section_id = :id")
                        .param("id", two)
                        .query(String.class)
                        .single())
                .isEqualTo("deep-learning-2026-11-30");
        freeze("deep-learning-2026-12-07", two);
        assertThat(fresh(NEWSLETTER, "notes")).isEmpty();
        assertThat(store.issues().list(NEWSLETTER)).startsWith(new IssueId("deep-learning-2026-12-07"));
    }
}
