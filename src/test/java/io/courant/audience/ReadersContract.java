package io.courant.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Readers.Reader;
import io.courant.audience.Readers.Standing;
import io.courant.audience.Subscriber.State;
import io.courant.audience.Subscribers.NewSubscriber;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Readers} promises. */
public interface ReadersContract {
    String WEEKLY = "weekly";
    Instant IMPORTED = Instant.parse("2026-01-05T08:00:00Z");
    Instant NOW = Instant.parse("2026-11-20T06:30:00Z");

    /** The implementation under test, the same one throughout a test. */
    Readers readers();

    /** Subscribers in the same store; none at the start of a test. */
    Subscribers subscribers();

    @Test
    default void nobodyIsFoundWhoIsNoSubscriber() {
        assertThat(readers().find(WEEKLY, 4_711)).isEmpty();
    }

    @Test
    default void whoWasImportedReadsWhatTheirSegmentGetsInTheUsualWay() {
        long ada = subscriber("ada@example.org", State.ACTIVE);

        Reader reader = readers().find(WEEKLY, ada).orElseThrow();

        assertThat(reader.standing()).isEqualTo(Standing.BY_SEGMENT);
        assertThat(reader.joined()).isEqualTo(IMPORTED);
        assertThat(reader.preferences()).isEqualTo(Preferences.DEFAULT);
    }

    @Test
    default void aSegmentCountsThoseWhoMeetAllItsConditions() {
        subscriber("ada@example.org", State.ACTIVE, "ai", "maths");
        subscriber("bob@example.org", State.ACTIVE, "ai");
        subscriber("cyd@example.org", State.ACTIVE);
        subscriber("dan@example.org", State.UNSUBSCRIBED, "ai");
        subscriber("eve@example.org", State.SIGNED_UP, "ai");

        assertThat(count(Segment.ALL)).isEqualTo(3);
        assertThat(count(Segment.tagged(Set.of("ai", "maths")))).isEqualTo(2);
        assertThat(count(Segment.tagged(Set.of("maths")))).isEqualTo(1);
        assertThat(count(Segment.tagged(Set.of("art")))).isZero();
    }

    @Test
    default void whoIsCountedReadsIt() {
        long ada = subscriber("ada@example.org", State.ACTIVE, "ai");
        long eve = subscriber("eve@example.org", State.SIGNED_UP);
        readers().join(WEEKLY, eve, NOW);

        assertThat(readers().reads(WEEKLY, Segment.tagged(Set.of("ai")), ada)).isTrue();
        assertThat(readers().reads(WEEKLY, Segment.tagged(Set.of("art")), ada)).isFalse();
        assertThat(readers().reads(WEEKLY, Segment.tagged(Set.of("art")), eve)).isTrue();
        assertThat(readers().reads("other", Segment.ALL, eve)).isFalse();
        assertThat(readers().reads(WEEKLY, Segment.ALL, 4_711)).isFalse();
    }

    @Test
    default void aTagIsAWholeWord() {
        subscriber("ada@example.org", State.ACTIVE, "ai-weekly", "a%b", "it's");

        assertThat(count(Segment.tagged(Set.of("ai")))).isZero();
        assertThat(count(Segment.tagged(Set.of("a%b")))).isEqualTo(1);
        assertThat(count(Segment.tagged(Set.of("axb")))).isZero();
    }

    @Test
    default void aSegmentMayAskForTopicLanguageAndJoiningDay() {
        long ada = subscriber("ada@example.org", State.ACTIVE);
        long bob = subscriber("bob@example.org", State.ACTIVE);
        subscriber("cyd@example.org", State.ACTIVE);
        readers().choose(WEEKLY, ada, choice(Set.of("vision"), Frequency.EACH, Locale.forLanguageTag("de-AT")), NOW);
        readers().choose(WEEKLY, bob, choice(Set.of("speech"), Frequency.EACH, null), NOW);

        assertThat(count(new Segment(Set.of(), Set.of("vision"), Set.of(), null)))
                .as("ada, and cyd who follows all")
                .isEqualTo(2);
        assertThat(count(new Segment(Set.of(), Set.of(), Set.of("de"), null))).isEqualTo(1);
        assertThat(count(new Segment(Set.of(), Set.of(), Set.of(""), null))).isEqualTo(2);
        assertThat(count(new Segment(Set.of(), Set.of(), Set.of("de", ""), null)))
                .isEqualTo(3);
        assertThat(count(new Segment(Set.of(), Set.of(), Set.of(), IMPORTED))).isEqualTo(3);
        assertThat(count(new Segment(Set.of(), Set.of(), Set.of(), IMPORTED.plusMillis(1))))
                .isZero();
    }

    @Test
    default void whoJoinsReadsItWhateverTheSegmentSays() {
        long eve = subscriber("eve@example.org", State.SIGNED_UP);
        assertThat(standing(eve)).isEqualTo(Standing.STRANGER);

        readers().join(WEEKLY, eve, NOW);

        assertThat(standing(eve)).isEqualTo(Standing.JOINED);
        assertThat(readers().find("other", eve).orElseThrow().standing()).isEqualTo(Standing.STRANGER);
        assertThat(count(Segment.tagged(Set.of("art")))).isEqualTo(1);
        assertThat(readers().find(WEEKLY, eve).orElseThrow().joined()).isEqualTo(NOW);
    }

    @Test
    default void whoReadsFewMailsBySegmentLosesNothingByJoining() {
        long ada = subscriber("ada@example.org", State.ACTIVE);
        readers().choose(WEEKLY, ada, choice(Set.of(), Frequency.WEEKLY, null), NOW.minusSeconds(9));

        readers().join(WEEKLY, ada, NOW);

        assertThat(standing(ada)).isEqualTo(Standing.JOINED);
        assertThat(readers().find(WEEKLY, ada).orElseThrow().joined()).isEqualTo(IMPORTED);
    }

    @Test
    default void whoReadsFewMailsAndLeavesBeginsAnewByJoining() {
        long ada = subscriber("ada@example.org", State.ACTIVE);
        readers().choose(WEEKLY, ada, choice(Set.of(), Frequency.WEEKLY, null), NOW.minusSeconds(9));
        readers().leave(WEEKLY, ada, NOW.minusSeconds(5));

        readers().join(WEEKLY, ada, NOW);

        assertThat(readers().find(WEEKLY, ada).orElseThrow().joined()).isEqualTo(NOW);
    }

    @Test
    default void whoLeavesANewsletterGoesOnReadingOthers() {
        long ada = subscriber("ada@example.org", State.ACTIVE);

        assertThat(readers().leave(WEEKLY, ada, NOW)).isTrue();
        assertThat(readers().leave(WEEKLY, ada, NOW.plusSeconds(9))).isFalse();

        assertThat(standing(ada)).isEqualTo(Standing.LEFT);
        assertThat(readers().find(WEEKLY, ada).orElseThrow().left()).isEqualTo(NOW);
        assertThat(count(Segment.ALL)).isZero();
        assertThat(readers().count("other", Segment.ALL)).isEqualTo(1);
        assertThat(readers().leave(WEEKLY, 4_711, NOW)).isFalse();
    }

    @Test
    default void whoLeftComesBackByTheirOwnWish() {
        long ada = subscriber("ada@example.org", State.ACTIVE);
        readers().leave(WEEKLY, ada, NOW);

        readers().join(WEEKLY, ada, NOW.plusSeconds(9));

        assertThat(standing(ada)).isEqualTo(Standing.JOINED);
        assertThat(count(Segment.ALL)).isEqualTo(1);
    }

    @Test
    default void whoLeftAllReadsOnlyWhatTheyJoinAgain() {
        long ada = subscriber("ada@example.org", State.ACTIVE);
        readers().join("other", ada, NOW);
        subscribers().unsubscribe(ada, NOW);
        assertThat(standing(ada)).isEqualTo(Standing.LEFT);
        assertThat(readers().count("other", Segment.ALL)).isZero();

        readers().join(WEEKLY, ada, NOW.plusSeconds(9));

        assertThat(count(Segment.ALL)).isEqualTo(1);
        assertThat(readers().count("other", Segment.ALL)).isZero();
        assertThat(readers().count("third", Segment.ALL)).isZero();
    }

    @Test
    default void whatIsChosenIsKept() {
        long ada = subscriber("ada@example.org", State.ACTIVE);
        Preferences wanted = new Preferences(
                Set.of("speech", "vision"),
                Frequency.WEEKLY,
                18,
                NOW.plusSeconds(86_400),
                ZoneId.of("America/New_York"),
                Form.TEXT,
                Locale.FRENCH);

        readers().choose(WEEKLY, ada, wanted, NOW);
        readers().choose(WEEKLY, 4_711, wanted, NOW);

        assertThat(readers().find(WEEKLY, ada).orElseThrow().preferences()).isEqualTo(wanted);
        assertThat(readers().find("other", ada).orElseThrow().preferences())
                .as("form, zone and language are the reader's, the rest is the newsletter's")
                .isEqualTo(
                        new Preferences(Set.of(), Frequency.EACH, null, null, wanted.zone(), Form.TEXT, Locale.FRENCH));
        assertThat(standing(ada)).isEqualTo(Standing.BY_SEGMENT);
        assertThat(readers().find(WEEKLY, 4_711)).isEmpty();
    }

    @Test
    default void whoChoseTopicsThatThereAreNoMoreIsCounted() {
        chosen("ada@example.org", "art", "music");
        chosen("bob@example.org", "dance", "film");
        chosen("cyd@example.org", "dance");
        chosen("dan@example.org", "art");
        chosen("eve@example.org");
        readers().leave(WEEKLY, chosen("fay@example.org", "dance"), NOW);
        readers().choose("other", chosen("gus@example.org"), choice(Set.of("opera"), Frequency.EACH, null), NOW);

        assertThat(readers().strays(WEEKLY, Set.of("art", "film")))
                .isEqualTo(new Readers.Strays(List.of("dance", "music"), 3, 1));
        assertThat(readers().strays(WEEKLY, Set.of("art", "film", "dance", "music")))
                .isEqualTo(new Readers.Strays(List.of(), 0, 0));
    }

    private long chosen(String address, String... topics) {
        long subscriber = subscriber(address, State.ACTIVE);
        readers().choose(WEEKLY, subscriber, choice(Set.of(topics), Frequency.EACH, null), NOW);
        return subscriber;
    }

    private long subscriber(String address, State state, String... tags) {
        EmailAddress email = new EmailAddress(address);
        subscribers().merge(List.of(new NewSubscriber(email, "", state, Arrays.asList(tags), IMPORTED)));
        return subscribers().find(email).orElseThrow().id();
    }

    private Standing standing(long subscriber) {
        return readers().find(WEEKLY, subscriber).orElseThrow().standing();
    }

    private long count(Segment segment) {
        return readers().count(WEEKLY, segment);
    }

    private static Preferences choice(Set<String> topics, Frequency frequency, @Nullable Locale language) {
        return new Preferences(topics, frequency, null, null, null, Form.HTML, language);
    }
}
