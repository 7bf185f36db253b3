package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.delivery.FrozenIssues.Freezing;
import io.courant.delivery.Samples;
import io.courant.issue.Issue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers who change their minds while their copies are counted out, at the pages of the process that does it. */
@EachDatabase
class JdbcFreezingTest {
    private static final String CHOOSE_AN_HOUR = """
            insert into reader (newsletter, subscriber_id, hour) select 'deep-learning', id, 9 from subscriber
            where address = 'ada@example.org'
            """;

    @TempDir
    private Path folder;

    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
        subscriber("ada@example.org");
        subscriber("bob@example.org");
    }

    private void subscriber(String address) {
        store.subscribers()
                .merge(List.of(new NewSubscriber(
                        new EmailAddress(address), "", Subscriber.State.ACTIVE, List.of(), Instant.EPOCH)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whoChoosesAnHourMeanwhileGetsTheIssueAllTheSame() {
        Issue issue = Samples.issue("deep-learning-2026-11-23", store.section("post", "Edge"));
        Freezing freezing = Samples.freeze(
                store.issues(2, () -> store.sql().sql(CHOOSE_AN_HOUR).update()), issue);
        assertThat(freezing).isEqualTo(Freezing.FROZEN);
        assertThat(store.ledger().find(issue.id(), new EmailAddress("ada@example.org")))
                .hasValueSatisfying(ada -> assertThat(ada.dueAt()).isNotNull());
    }

    @Test
    void whoWantsNothingSpecialAnyMoreGetsItOnce() {
        store.sql().sql(CHOOSE_AN_HOUR).update();
        Issue issue = Samples.issue("deep-learning-2026-11-23", store.section("post", "Edge"));
        Freezing freezing = Samples.freeze(
                store.issues(2, () -> store.sql().sql("delete from reader").update()), issue);
        assertThat(freezing).isEqualTo(Freezing.FROZEN);
        assertThat(store.ledger().counts(issue.id()).values()).containsExactly(2L);
    }
}
