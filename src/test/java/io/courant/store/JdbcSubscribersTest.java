package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.audience.Subscribers.Proof;
import io.courant.audience.Subscribers.Wishes;
import io.courant.audience.SubscribersContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
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

    @Test
    void whoIsAddedHasTheProofOfTheirConsentAndWhoIsKnownHasTheirOwn() {
        Instant asked = Instant.parse("2026-01-05T08:00:00Z");
        Proof full = new Proof("import a.csv", "weekly news", asked, "198.51.100.7", asked.plusSeconds(60), null);
        Proof bare = new Proof("import b.csv", "", null, null, null, null);
        subscribers().merge(List.of(proven("ada", full), proven("bob", bare)));
        subscribers().merge(List.of(proven("ada", bare)));

        assertThat(store.all("select concat_ws('|', subscriber_id, coalesce(newsletter, '-'), source, wording,"
                        + " coalesce(requested_at, 0), coalesce(requested_from, '-'), coalesce(confirmed_at, 0),"
                        + " coalesce(confirmed_from, '-')) from consent order by subscriber_id"))
                .containsExactly(
                        List.of("1|-|import a.csv|weekly news|%d|198.51.100.7|%d|-"
                                .formatted(
                                        asked.toEpochMilli(),
                                        asked.plusSeconds(60).toEpochMilli())),
                        List.of("2|-|import b.csv||0|-|0|-"));
    }

    private static NewSubscriber proven(String name, Proof proof) {
        return new NewSubscriber(
                new EmailAddress(name + "@example.org"),
                "",
                Subscriber.State.ACTIVE,
                List.of(),
                JOINED,
                null,
                Wishes.NONE,
                null,
                proof);
    }

    @Override
    public Subscribers subscribers() {
        return store.subscribers();
    }
}
