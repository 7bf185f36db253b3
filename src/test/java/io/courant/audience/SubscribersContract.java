package io.courant.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Subscriber.State;
import io.courant.audience.Subscribers.Entry;
import io.courant.audience.Subscribers.Merged;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.audience.Subscribers.Proof;
import io.courant.audience.Subscribers.Suppression;
import io.courant.audience.Subscribers.Wishes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Subscribers} promises. */
public interface SubscribersContract {
    Instant JOINED = Instant.parse("2026-01-05T08:00:00Z");
    Instant LATER = Instant.parse("2026-11-20T06:30:00Z");

    /** The implementation under test; the same one throughout a test, without any subscriber at its start. */
    Subscribers subscribers();

    @Test
    default void aNewAddressIsAddedWithAllThatTheImportSays() {
        Merged merged = subscribers().merge(List.of(reader("ada@example.org", "Ada", State.ACTIVE, "ai", "weekly")));

        assertThat(merged).isEqualTo(new Merged(1, 0, 0, 0, 0));
        Subscriber ada = stored("ada@example.org");
        assertThat(ada.address()).isEqualTo(new EmailAddress("ada@example.org"));
        assertThat(ada.name()).isEqualTo("Ada");
        assertThat(ada.state()).isEqualTo(State.ACTIVE);
        assertThat(ada.tags()).isEqualTo(Set.of("ai", "weekly"));
        assertThat(ada.joined()).isEqualTo(JOINED);
    }

    @Test
    default void aKnownAddressKeepsIdAndJoiningDateButTakesNameAndTags() {
        subscribers().merge(List.of(reader("ada@example.org", "Ada", State.ACTIVE, "ai")));
        Subscriber before = stored("ada@example.org");

        Merged merged = subscribers()
                .merge(List.of(new NewSubscriber(
                        new EmailAddress("ada@example.org"), "Ada L.", State.ACTIVE, List.of("maths"), LATER)));

        assertThat(merged).isEqualTo(new Merged(0, 1, 0, 0, 0));
        Subscriber after = stored("ada@example.org");
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.joined()).isEqualTo(JOINED);
        assertThat(after.name()).isEqualTo("Ada L.");
        assertThat(after.tags()).isEqualTo(Set.of("maths"));
    }

    @Test
    default void theSameAddressInAnotherCaseIsTheSameSubscriber() {
        subscribers().merge(List.of(reader("Ada@Example.org", "Ada", State.ACTIVE)));

        assertThat(subscribers().merge(List.of(reader("ada@example.ORG", "Ada", State.ACTIVE))))
                .isEqualTo(new Merged(0, 0, 1, 0, 0));
        assertThat(all()).hasSize(1);
        assertThat(stored("ADA@EXAMPLE.ORG").id())
                .isEqualTo(stored("ada@example.org").id());
    }

    @Test
    default void anAddressTwiceInOneGroupIsOneSubscriberWithWhatBothSay() {
        NewSubscriber early = new NewSubscriber(
                new EmailAddress("ADA@example.org"), "Last", State.UNSUBSCRIBED, List.of("b"), JOINED.minusSeconds(60));
        Merged merged = subscribers().merge(List.of(reader("ada@example.org", "First", State.ACTIVE, "a"), early));

        assertThat(merged).isEqualTo(new Merged(1, 0, 0, 0, 1));
        assertThat(all()).hasSize(1);
        Subscriber ada = stored("ada@example.org");
        assertThat(ada.name()).isEqualTo("First");
        assertThat(ada.tags()).isEqualTo(Set.of("a", "b"));
        assertThat(ada.joined()).isEqualTo(JOINED.minusSeconds(60));
        assertThat(ada.state()).isEqualTo(State.UNSUBSCRIBED);
    }

    @Test
    default void whatAnImportLeavesOpenStaysAsItIs() {
        subscribers()
                .merge(List.of(wishing(new Wishes(
                        Locale.GERMAN, ZoneId.of("Europe/Berlin"), Form.TEXT, Set.of("daily"), Set.of("weekly")))));
        Entry before = entries().get(0);

        Merged merged = subscribers()
                .merge(List.of(new NewSubscriber(
                        new EmailAddress("ada@example.org"),
                        "",
                        State.ACTIVE,
                        null,
                        JOINED,
                        null,
                        Wishes.NONE,
                        null,
                        null)));

        assertThat(merged).isEqualTo(new Merged(0, 0, 1, 0, 0));
        assertThat(entries()).containsExactly(before);
        Subscriber ada = before.subscriber();
        assertThat(ada.language()).isEqualTo(Locale.GERMAN);
        assertThat(ada.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(ada.form()).isEqualTo(Form.TEXT);
        assertThat(before.newsletters()).containsExactly("daily");
        assertThat(before.left()).containsExactly("weekly");
    }

    @Test
    default void noListChangesWhatSomebodySaidOfANewsletterBefore() {
        subscribers().merge(List.of(wishing(new Wishes(null, null, null, Set.of("daily"), Set.of("weekly")))));

        subscribers().merge(List.of(wishing(new Wishes(null, null, null, Set.of("weekly", "new"), Set.of("daily")))));

        assertThat(entries().get(0).newsletters()).containsExactlyInAnyOrder("daily", "new");
        assertThat(entries().get(0).left()).containsExactly("weekly");
    }

    @Test
    default void whoIsUnsubscribedByAnImportLeavesAllThatTheyAskedFor() {
        subscribers().merge(List.of(wishing(new Wishes(null, null, null, Set.of("daily"), Set.of()))));

        subscribers().merge(List.of(reader("ada@example.org", "Ada", State.UNSUBSCRIBED)));

        assertThat(entries().get(0).newsletters()).isEmpty();
        assertThat(entries().get(0).left()).containsExactly("daily");
    }

    @Test
    default void aListOfThoseWhoSignedUpTakesNoMailFromOthers() {
        subscribers().merge(List.of(reader("ada@example.org", "", State.ACTIVE)));

        subscribers().merge(List.of(reader("ada@example.org", "", State.SIGNED_UP)));
        assertThat(stored("ada@example.org").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    default void anImportCanSuppress() {
        NewSubscriber gone = new NewSubscriber(
                new EmailAddress("ada@example.org"),
                "",
                State.ACTIVE,
                List.of(),
                JOINED,
                null,
                Wishes.NONE,
                new Suppression("ada@example.org", "cleaned", JOINED),
                null);

        assertThat(subscribers().tryMerge(List.of(gone))).isEqualTo(new Merged(1, 0, 0, 1, 0));
        assertThat(subscribers().suppression(gone.address())).isEmpty();
        assertThat(subscribers().merge(List.of(gone))).isEqualTo(new Merged(1, 0, 0, 1, 0));
        assertThat(subscribers().suppression(gone.address())).contains("cleaned");
        assertThat(entries().get(0).suppression()).isEqualTo("cleaned");
        assertThat(subscribers().merge(List.of(gone))).isEqualTo(new Merged(0, 0, 1, 1, 0));
    }

    @Test
    default void whoUnsubscribedStaysUnsubscribedWhateverAnImportSays() {
        subscribers().merge(List.of(reader("ada@example.org", "Ada", State.ACTIVE)));
        subscribers().unsubscribe(stored("ada@example.org").id(), LATER);

        assertThat(subscribers().merge(List.of(reader("ada@example.org", "Ada", State.ACTIVE, "ai"))))
                .isEqualTo(new Merged(0, 1, 0, 0, 1));

        assertThat(stored("ada@example.org").state()).isEqualTo(State.UNSUBSCRIBED);
    }

    @Test
    default void anImportCanUnsubscribe() {
        subscribers().merge(List.of(reader("ada@example.org", "Ada", State.ACTIVE)));

        subscribers().merge(List.of(reader("ada@example.org", "Ada", State.UNSUBSCRIBED)));

        assertThat(stored("ada@example.org").state()).isEqualTo(State.UNSUBSCRIBED);
    }

    @Test
    default void unsubscribingTwiceOrSomebodyUnknownChangesNothing() {
        subscribers().merge(List.of(reader("ada@example.org", "Ada", State.ACTIVE)));
        long ada = stored("ada@example.org").id();
        subscribers().unsubscribe(ada, LATER);
        List<Subscriber> before = all();

        subscribers().unsubscribe(ada, LATER.plusSeconds(60));
        subscribers().unsubscribe(ada + 1_000, LATER);

        assertThat(all()).isEqualTo(before);
    }

    @Test
    default void tryMergeSaysWhatMergeWouldDoAndChangesNothing() {
        subscribers()
                .merge(List.of(
                        reader("ada@example.org", "Ada", State.ACTIVE, "ai"),
                        reader("bob@example.org", "Bob", State.UNSUBSCRIBED)));
        subscribers().suppress(new EmailAddress("eve@example.org"), "bounced", LATER);
        List<Subscriber> before = all();
        List<NewSubscriber> group = List.of(
                reader("ADA@example.org", "Countess", State.ACTIVE, "maths"),
                reader("bob@example.org", "Bob", State.ACTIVE),
                reader("eve@example.org", "Eve", State.ACTIVE),
                reader("joe@example.org", "Joe", State.ACTIVE),
                reader("Joe@example.org", "Joe again", State.ACTIVE));

        Merged tried = subscribers().tryMerge(group);

        assertThat(all()).isEqualTo(before);
        assertThat(tried).isEqualTo(new Merged(2, 1, 1, 1, 1));
        assertThat(subscribers().merge(group)).isEqualTo(tried);
    }

    @Test
    default void anEmptyGroupChangesNothing() {
        assertThat(subscribers().merge(List.of())).isEqualTo(Merged.NOTHING);
        assertThat(subscribers().tryMerge(List.of())).isEqualTo(Merged.NOTHING);
        assertThat(all()).isEmpty();
    }

    @Test
    default void aSuppressedAddressIsAddedAndCountedAsSuppressed() {
        subscribers().suppress(new EmailAddress("Ada@example.org"), "complained", LATER);

        assertThat(subscribers().merge(List.of(reader("ada@example.org", "Ada", State.ACTIVE))))
                .isEqualTo(new Merged(1, 0, 0, 1, 0));
        assertThat(subscribers().suppression(new EmailAddress("ADA@example.org")))
                .contains("complained");
    }

    @Test
    default void suppressingAgainKeepsTheFirstReason() {
        subscribers().suppress(new EmailAddress("ada@example.org"), "complained", JOINED);
        subscribers().suppress(new EmailAddress("ada@example.org"), "bounced", LATER);

        assertThat(subscribers().suppression(new EmailAddress("ada@example.org")))
                .contains("complained");
    }

    @Test
    default void suppressionsAreListedAndCanBeLifted() {
        subscribers().suppress(new EmailAddress("Eve@example.org"), "complained", JOINED);
        subscribers().suppress(new EmailAddress("ada@example.org"), "bounced", LATER);
        List<Suppression> listed = new ArrayList<>();
        subscribers().forEachSuppression(listed::add);
        assertThat(listed)
                .containsExactly(
                        new Suppression("ada@example.org", "bounced", LATER),
                        new Suppression("eve@example.org", "complained", JOINED));

        assertThat(subscribers().allow(new EmailAddress("EVE@example.org"))).contains(listed.get(1));
        assertThat(subscribers().suppression(new EmailAddress("eve@example.org")))
                .isEmpty();
        assertThat(subscribers().allow(new EmailAddress("eve@example.org"))).isEmpty();
    }

    @Test
    default void anAddressThatWasNeverSuppressedHasNoReason() {
        subscribers().suppress(new EmailAddress("ada@example.org"), "complained", LATER);

        assertThat(subscribers().suppression(new EmailAddress("bob@example.org")))
                .isEmpty();
    }

    @Test
    default void anUnknownAddressIsNotFound() {
        assertThat(subscribers().find(new EmailAddress("nobody@example.org"))).isEmpty();
    }

    @Test
    default void aTagMayHoldWhatMeansSomethingElsewhere() {
        subscribers().merge(List.of(reader("ada@example.org", "Ada", State.ACTIVE, "ai-weekly", "a%b", "it's")));

        assertThat(stored("ada@example.org").tags()).isEqualTo(Set.of("ai-weekly", "a%b", "it's"));
    }

    @Test
    default void everySubscriberIsHandedOutOnceInTheOrderOfIds() {
        subscribers()
                .merge(IntStream.range(0, 2_500)
                        .mapToObj(i ->
                                reader("reader" + (i * 7_919 % 2_500) + "@example.org", "", State.ACTIVE, "t" + i % 3))
                        .toList());

        List<Long> ids = all().stream().map(Subscriber::id).toList();
        assertThat(ids).hasSize(2_500).doesNotHaveDuplicates().isSorted();
        assertThat(all().stream().map(s -> s.address().value()))
                .contains("reader0@example.org", "reader2499@example.org");
    }

    @Test
    default void aSubscriberIsFoundByAPartOfTheAddressAndThoseWhoBeginWithItComeFirst() {
        subscribers()
                .merge(List.of(
                        reader("bob@ada.example", "Bob", State.ACTIVE),
                        reader("Ada.b@example.org", "Ada", State.ACTIVE),
                        reader("ada.a@example.org", "Ada", State.ACTIVE),
                        reader("carl%_@example.org", "Carl", State.ACTIVE)));

        assertThat(subscribers().search(" ADA", 10))
                .extracting(found -> found.address().value())
                .containsExactly("ada.a@example.org", "Ada.b@example.org", "bob@ada.example");
        assertThat(subscribers().search("ada", 1))
                .extracting(found -> found.address().value())
                .containsExactly("ada.a@example.org");
        assertThat(subscribers().search("%", 10))
                .extracting(found -> found.address().value())
                .containsExactly("carl%_@example.org");
        Subscriber bob = stored("bob@ada.example");
        assertThat(subscribers().find(bob.id())).contains(bob);
        assertThat(subscribers().find(4_711)).isEmpty();
    }

    @Test
    default void aCensusCountsByWhatPeopleWant() {
        subscribers()
                .merge(List.of(
                        reader("ada@example.org", "Ada", State.ACTIVE),
                        reader("bob@example.org", "Bob", State.SIGNED_UP),
                        reader("carl@example.org", "Carl", State.UNSUBSCRIBED)));
        subscribers().suppress(new EmailAddress("ada@example.org"), "complaint", LATER);
        subscribers().suppress(new EmailAddress("nobody@example.org"), "complaint", LATER);

        assertThat(subscribers().census()).isEqualTo(new Subscribers.Census(1, 1, 1, 2));
    }

    private Subscriber stored(String address) {
        return subscribers().find(new EmailAddress(address)).orElseThrow();
    }

    /** PostgreSQL has no room for NUL. */
    @Test
    default void aNulInWhatPeopleTypeOrSendDoesNoHarm() {
        Proof proof = new Proof("import\0", "wo\0rds", null, "\0", null, null);
        subscribers()
                .merge(List.of(new NewSubscriber(
                        new EmailAddress("ada@example.org"),
                        "Ada",
                        State.ACTIVE,
                        List.of(),
                        JOINED,
                        null,
                        new Wishes(null, null, null, Set.of("week\0ly"), Set.of("\0daily")),
                        new Suppression("ada@example.org", "bou\0nce", JOINED),
                        proof)));
        subscribers().suppress(new EmailAddress("bob@example.org"), "\0gone", JOINED);
        Entry ada = entries().get(0);
        assertThat(ada.newsletters()).containsExactly("weekly");
        assertThat(ada.left()).containsExactly("daily");
        assertThat(ada.suppression()).isEqualTo("bounce");
        assertThat(subscribers().suppression(new EmailAddress("bob@example.org")))
                .contains("gone");
        assertThat(subscribers().search("ad\0a", 5)).hasSize(1);
    }

    private List<Subscriber> all() {
        return entries().stream().map(Entry::subscriber).toList();
    }

    private List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        subscribers().forEach(all::add);
        return all;
    }

    private static NewSubscriber wishing(Wishes wishes) {
        return new NewSubscriber(
                new EmailAddress("ada@example.org"),
                "Ada",
                State.ACTIVE,
                List.of("ai"),
                JOINED,
                null,
                wishes,
                null,
                null);
    }

    private static NewSubscriber reader(String address, String name, State state, String... tags) {
        return new NewSubscriber(new EmailAddress(address), name, state, Arrays.asList(tags), JOINED);
    }
}
