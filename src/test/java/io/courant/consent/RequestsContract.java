package io.courant.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Readers.Standing;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.consent.Request.Kind;
import io.courant.consent.Requests.Claim;
import io.courant.consent.TurnedAway.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Requests} promises. */
public interface RequestsContract {
    String WEEKLY = "weekly";
    EmailAddress ADA = new EmailAddress("ada@example.org");
    EmailAddress BOB = new EmailAddress("bob@example.org");
    Instant NOW = Instant.parse("2026-11-20T06:30:00Z");
    Instant LATER = NOW.plus(Duration.ofHours(2));
    Instant LONG_AGO = NOW.minus(Duration.ofDays(7));
    Origin FORM = new Origin("192.0.2.7");
    Origin CLICK = new Origin("2001:db8:1:2::3");
    Limits MANY = new Limits(5_000, 10_000, Duration.ofHours(1));

    /** The implementation under test, the same one throughout a test. */
    Requests requests();

    /** Subscribers in the same store; none at the start of a test. */
    Subscribers subscribers();

    /** Readers in the same store. */
    Readers readers();

    /** What is kept as proof, oldest first. */
    List<Proof> proofs();

    /** A row of the proof. */
    record Proof(
            long subscriber,
            String newsletter,
            String source,
            String wording,
            Instant requestedAt,
            String requestedFrom,
            Instant confirmedAt,
            String confirmedFrom) {}

    @Test
    default void aRequestIsFoundInItsNewsletterUntilItIsTooOld() {
        Request asked = signUp(ADA, NOW);
        long id = ready(asked);

        assertThat(requests().find(WEEKLY, id, NOW.minusMillis(1))).contains(asked);
        assertThat(requests().find(WEEKLY, id, NOW)).isEmpty();
        assertThat(requests().find("other", id, LONG_AGO)).isEmpty();
        assertThat(requests().find(WEEKLY, id + 1, LONG_AGO)).isEmpty();
    }

    @Test
    default void whoConfirmsBecomesASubscriberWhoReadsThatNewsletterOnly() {
        long id = ready(signUp(ADA, NOW));
        assertThat(subscribers().find(ADA)).as("not before").isEmpty();

        Confirmation confirmation = confirm(id);

        Subscriber ada = subscribers().find(ADA).orElseThrow();
        assertThat(confirmation).isEqualTo(new Confirmation.Joined(ada.id()));
        assertThat(ada.state()).isEqualTo(Subscriber.State.SIGNED_UP);
        assertThat(ada.name()).isEmpty();
        assertThat(ada.joined()).isEqualTo(LATER);
        assertThat(ada.language()).isEqualTo(Locale.FRENCH);
        assertThat(standing(WEEKLY, ada.id())).isEqualTo(Standing.JOINED);
        assertThat(standing("other", ada.id())).isEqualTo(Standing.STRANGER);
        assertThat(proofs())
                .containsExactly(new Proof(
                        ada.id(),
                        WEEKLY,
                        "sign-up form",
                        "I want Weekly.",
                        NOW,
                        "192.0.2.7",
                        LATER,
                        "2001:db8:1:2::3"));
    }

    @Test
    default void confirmingAgainChangesNothingNotEvenForWhoHasLeftSince() {
        long id = ready(signUp(ADA, NOW));
        Confirmation first = confirm(id);
        long ada = subscribers().find(ADA).orElseThrow().id();
        assertThat(confirm(id)).isEqualTo(first);
        readers().leave(WEEKLY, ada, LATER);

        assertThat(requests().confirm(WEEKLY, id, CLICK, LATER.plusSeconds(1), LONG_AGO))
                .as("they would be told that mail comes")
                .isEqualTo(new Confirmation.Nothing());

        assertThat(standing(WEEKLY, ada)).isEqualTo(Standing.LEFT);
        assertThat(proofs()).hasSize(1);
    }

    @Test
    default void whatIsUnknownForeignOrTooOldConfirmsNothing() {
        long id = ready(signUp(ADA, NOW));

        assertThat(requests().confirm("other", id, CLICK, LATER, LONG_AGO)).isEqualTo(new Confirmation.Nothing());
        assertThat(requests().confirm(WEEKLY, id + 1, CLICK, LATER, LONG_AGO)).isEqualTo(new Confirmation.Nothing());
        assertThat(requests().confirm(WEEKLY, id, CLICK, LATER, NOW)).isEqualTo(new Confirmation.Nothing());
        assertThat(subscribers().find(ADA)).isEmpty();
        assertThat(proofs()).isEmpty();
    }

    @Test
    default void whoIsKnownKeepsWhatIsKnownAndComesBack() {
        long ada = subscriber(ADA);
        subscribers().unsubscribe(ada, NOW);

        confirm(ready(signUp(ADA, NOW)));

        assertThat(subscribers().find(ADA).orElseThrow().id()).isEqualTo(ada);
        assertThat(standing(WEEKLY, ada)).isEqualTo(Standing.JOINED);
        assertThat(standing("other", ada)).isEqualTo(Standing.LEFT);
    }

    @Test
    default void whoMovesKeepsAllButTheAddressAndTheOldOneIsTold() {
        long ada = subscriber(ADA);
        readers().choose(WEEKLY, ada, weeklyInText(), NOW);

        Confirmation confirmation = confirm(ready(change(ada, BOB)));

        assertThat(confirmation).isEqualTo(new Confirmation.Moved(ada));
        assertThat(subscribers().find(ADA)).isEmpty();
        assertThat(subscribers().find(BOB).orElseThrow().id()).isEqualTo(ada);
        assertThat(readers().find(WEEKLY, ada).orElseThrow().preferences()).isEqualTo(weeklyInText());
        assertThat(proofs()).extracting(Proof::source).containsExactly("address change");
        assertThat(claim(LATER).map(one -> one.request().kind())).contains(Kind.NOTICE);
    }

    @Test
    default void whoMovesToAnothersAddressHandsTheNewsletterOver() {
        long ada = subscriber(ADA);
        long bob = subscriber(BOB);
        readers().choose(WEEKLY, ada, weeklyInText(), NOW);
        readers().leave(WEEKLY, bob, NOW);
        long id = ready(change(ada, BOB));

        assertThat(confirm(id)).isEqualTo(new Confirmation.Moved(bob));
        assertThat(confirm(id)).as("again").isEqualTo(new Confirmation.Moved(bob));

        assertThat(standing(WEEKLY, ada)).isEqualTo(Standing.LEFT);
        assertThat(standing(WEEKLY, bob)).isEqualTo(Standing.JOINED);
        assertThat(readers().find(WEEKLY, bob).orElseThrow().preferences())
                .as("as bob chose, whoever asked")
                .isEqualTo(Preferences.DEFAULT);
        assertThat(subscribers().find(ADA).orElseThrow().id()).isEqualTo(ada);
        assertThat(claim(LATER).orElseThrow().request().address()).isEqualTo(ADA);
    }

    @Test
    default void aNoticeCannotBeConfirmed() {
        long ada = subscriber(ADA);
        confirm(ready(change(ada, BOB)));
        long notice = claim(LATER).orElseThrow().id();

        assertThat(requests().find(WEEKLY, notice, LONG_AGO)).isEmpty();
        assertThat(confirm(notice)).isEqualTo(new Confirmation.Nothing());
    }

    @Test
    default void aMailIsClaimedOnceAndAgainWhenItsClaimRunsOut() {
        requests().add(signUp(ADA, NOW), MANY);
        assertThat(requests().waiting(NOW)).containsExactly(WEEKLY);

        Claim first = claim(NOW).orElseThrow();
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(claim(NOW)).isEmpty();
        assertThat(requests().waiting(NOW)).isEmpty();

        Claim second = claim(NOW.plusSeconds(60)).orElseThrow();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(requests().settle(first, MailState.SENT, NOW))
                .as("it has been taken away")
                .isFalse();
        assertThat(requests().settle(second, MailState.SENT, NOW)).isTrue();
        assertThat(claim(LATER)).isEmpty();
    }

    @Test
    default void whatIsPutOffIsDueAgainThen() {
        requests().add(signUp(ADA, NOW), MANY);
        requests().settle(claim(NOW).orElseThrow(), MailState.READY, LATER);

        assertThat(claim(LATER.minusMillis(1))).isEmpty();
        assertThat(claim(LATER)).isPresent();
    }

    @Test
    default void anAddressHasOneMailInADayWhateverTheNewsletter() {
        requests().add(signUp(ADA, NOW), MANY);
        requests().add(signUp(new EmailAddress("ADA@Example.org"), NOW), MANY);
        Claim claim = claim(NOW).orElseThrow();
        assertThat(claim(NOW)).as("while the first is under way").isEmpty();
        requests().settle(claim, MailState.SENT, NOW);

        Instant dayEnds = NOW.plus(Duration.ofDays(1)).minusMillis(1);
        requests().add(new Request(Kind.SIGN_UP, "other", ADA, null, null, "Other.", FORM, dayEnds), MANY);
        assertThat(claim("other", dayEnds)).isEmpty();
        requests().add(signUp(ADA, dayEnds.plusMillis(1)), MANY);
        assertThat(claim(dayEnds.plusMillis(1))).isPresent();
    }

    @Test
    default void aRefusedMailCountsAsOneAndWhatWasPutOffDoesNot() {
        requests().add(signUp(ADA, NOW), MANY);
        requests().add(signUp(BOB, NOW), MANY);
        requests().settle(claim(NOW).orElseThrow(), MailState.REFUSED, NOW);
        requests().settle(claim(NOW).orElseThrow(), MailState.READY, LATER);

        requests().add(signUp(ADA, NOW), MANY);
        requests().add(signUp(BOB, NOW), MANY);

        assertThat(claim(NOW).map(one -> one.request().address())).contains(BOB);
        assertThat(claim(NOW)).isEmpty();
    }

    @Test
    default void aBlockHasItsLimitAndSoHaveAll() {
        Limits limits = new Limits(2, 3, Duration.ofHours(1));
        assertThat(add("192.0.2.1", NOW, limits)).isEmpty();
        assertThat(add("192.0.2.255", NOW, limits)).isEmpty();
        assertThat(add("192.0.2.7", NOW, limits)).contains(new TurnedAway(WEEKLY, Limit.BLOCK, 1));
        assertThat(add("192.0.3.7", NOW, limits)).isEmpty();
        assertThat(add("2001:db8::1", NOW, limits)).contains(new TurnedAway(WEEKLY, Limit.ALL, 1));

        Instant hourLater = NOW.plus(Duration.ofHours(1));
        assertThat(add("192.0.2.7", hourLater.minusMillis(1), limits)).isPresent();
        assertThat(add("192.0.2.7", hourLater, limits)).isEmpty();
    }

    @Test
    default void whoWasTurnedAwayIsCountedByHourAndLimitForAsLongAsRequestsAreKept() {
        Limits limits = new Limits(1, 10_000, Duration.ofHours(12));
        add("192.0.2.1", NOW, limits);
        assertThat(add("192.0.2.1", NOW, limits)).contains(new TurnedAway(WEEKLY, Limit.BLOCK, 1));
        assertThat(add("192.0.2.1", NOW.plusSeconds(9), limits)).contains(new TurnedAway(WEEKLY, Limit.BLOCK, 2));
        assertThat(add("192.0.2.1", LATER, limits)).contains(new TurnedAway(WEEKLY, Limit.BLOCK, 1));
        requests().settle(claim(NOW).orElseThrow(), MailState.SENT, NOW);
        requests().add(signUp(ADA, NOW), MANY);
        assertThat(claim(NOW)).isEmpty();

        assertThat(requests().turnedAway(NOW.minus(Duration.ofDays(1))))
                .containsExactly(new TurnedAway(WEEKLY, Limit.BLOCK, 3), new TurnedAway(WEEKLY, Limit.ADDRESS, 1));
        assertThat(requests().turnedAway(NOW)).containsExactly(new TurnedAway(WEEKLY, Limit.BLOCK, 1));
        requests().forget(NOW);
        assertThat(requests().turnedAway(LONG_AGO)).containsExactly(new TurnedAway(WEEKLY, Limit.BLOCK, 1));
    }

    @Test
    default void whatIsForgottenIsGone() {
        long old = ready(signUp(ADA, NOW));
        requests().add(signUp(BOB, LATER), MANY);

        assertThat(requests().forget(LATER.minusMillis(1))).isEqualTo(1);

        assertThat(requests().find(WEEKLY, old, LONG_AGO)).isEmpty();
        assertThat(claim(LATER).map(one -> one.request().address())).contains(BOB);
    }

    private Optional<TurnedAway> add(String client, Instant at, Limits limits) {
        Origin origin = new Origin(client);
        return requests().add(new Request(Kind.SIGN_UP, WEEKLY, ADA, null, null, "I want Weekly.", origin, at), limits);
    }

    private static Request signUp(EmailAddress address, Instant at) {
        return new Request(Kind.SIGN_UP, WEEKLY, address, null, Locale.FRENCH, "I want Weekly.", FORM, at);
    }

    private static Request change(long subscriber, EmailAddress address) {
        return new Request(Kind.ADDRESS_CHANGE, WEEKLY, address, subscriber, null, "Here, please.", FORM, NOW);
    }

    /** The id of a request whose mail has been sent. */
    private long ready(Request request) {
        assertThat(requests().add(request, MANY)).isEmpty();
        Claim claim = claim(NOW).orElseThrow();
        assertThat(requests().settle(claim, MailState.SENT, NOW)).isTrue();
        return claim.id();
    }

    private Confirmation confirm(long request) {
        return requests().confirm(WEEKLY, request, CLICK, LATER, LONG_AGO);
    }

    private Optional<Claim> claim(Instant now) {
        return claim(WEEKLY, now);
    }

    private Optional<Claim> claim(String newsletter, Instant now) {
        return requests().claim(newsletter, now, now.minus(Duration.ofDays(1)), now.plusSeconds(60));
    }

    private long subscriber(EmailAddress address) {
        subscribers()
                .merge(List.of(
                        new Subscribers.NewSubscriber(address, "", Subscriber.State.ACTIVE, List.of(), LONG_AGO)));
        return subscribers().find(address).orElseThrow().id();
    }

    private @Nullable Standing standing(String newsletter, long subscriber) {
        return readers()
                .find(newsletter, subscriber)
                .map(Readers.Reader::standing)
                .orElse(null);
    }

    private static Preferences weeklyInText() {
        return new Preferences(Set.of("vision"), Frequency.WEEKLY, 18, null, null, Form.TEXT, Locale.GERMAN);
    }
}
