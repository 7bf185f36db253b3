package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Ledger.Attempt;
import io.courant.delivery.Ledger.Entry;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every ledger keeps. */
public interface DeliveriesContract extends LedgerFixture {
    Instant NOW = Instant.parse("2026-11-23T07:00:00Z");
    Instant LATER = NOW.plus(Duration.ofMinutes(15));
    Reply OK = new Reply(250, "2.0.0 Ok: queued as 4XyZ");
    Reply BUSY = new Reply(450, "4.2.0 greylisted");
    Reply UNKNOWN = new Reply(550, "5.1.1 no such user");

    /** Freezes an issue for whoever is subscribed by now. */
    private IssueId freeze(String id) {
        Issue issue = Samples.issue(id, section("Section for " + id));
        Samples.freeze(issues(), issue);
        return issue.id();
    }

    private IssueId freeze() {
        return freeze("deep-learning-2026-11-23");
    }

    private Claim claimOne(IssueId issue, Instant now) {
        List<Claim> claims = deliveries().claim(issue, Demand.of(10), now);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    private void settle(IssueId issue, Claim claim, Outcome outcome, Instant at, @Nullable Instant dueAt) {
        deliveries().settle(issue, List.of(claim.settled(outcome, at, dueAt)));
    }

    private void settle(IssueId issue, Claim claim, Outcome outcome) {
        deliveries().settle(issue, List.of(claim.settled(outcome, NOW, null)));
    }

    private List<Entry> entries(IssueId issue, DeliveryState state) {
        List<Entry> entries = new ArrayList<>();
        ledger().forEach(issue, state, entries::add);
        return entries;
    }

    @Test
    default void aClaimTellsWhatASenderNeeds() {
        Subscriber ada = subscriber("ada@example.org");
        IssueId issue = freeze();
        assertThat(deliveries().claim(issue, Demand.of(10), NOW))
                .containsExactly(new Claim(
                        ada.id(),
                        ada.address().value(),
                        ada.joined(),
                        "all",
                        "others",
                        DeliveryState.READY,
                        1,
                        0,
                        0,
                        0));
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.SENDING, 1L));
    }

    @Test
    default void aClaimedDeliveryIsNotClaimedAgain() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        claimOne(issue, NOW);
        assertThat(deliveries().claim(issue, Demand.of(10), NOW)).isEmpty();
    }

    @Test
    default void claimsKeepToTheLimitAndGoOnWhereTheyStopped() {
        for (int i = 0; i < 5; i++) {
            subscriber("reader" + i + "@example.org");
        }
        IssueId issue = freeze();
        List<Claim> all = new ArrayList<>(deliveries().claim(issue, Demand.of(2), NOW));
        assertThat(all).hasSize(2);
        all.addAll(deliveries().claim(issue, Demand.of(2), NOW));
        all.addAll(deliveries().claim(issue, Demand.of(2), NOW));
        assertThat(all).extracting(Claim::subscriber).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    default void claimsReachTheLimitPastThoseWhoLeft() {
        for (int i = 0; i < 4; i++) {
            Subscriber reader = subscriber("reader" + i + "@example.org");
            if (i == 1) {
                subscribers().suppress(reader.address(), "hard bounce", NOW);
            }
        }
        IssueId issue = freeze();
        List<Claim> all = new ArrayList<>();
        for (List<Claim> group = deliveries().claim(issue, Demand.of(1), NOW);
                !group.isEmpty();
                group = deliveries().claim(issue, Demand.of(1), NOW)) {
            all.addAll(group);
        }
        assertThat(all).hasSize(3);
    }

    @Test
    default void anEmptyClaimMeansThatNothingIsDueEvenAfterManyUnsubscribes() {
        List<Subscriber> readers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            readers.add(subscriber("reader" + i + "@example.org"));
        }
        IssueId issue = freeze();
        readers.subList(0, 5).forEach(reader -> subscribers().unsubscribe(reader.id(), NOW));
        assertThat(deliveries().claim(issue, Demand.of(2), NOW))
                .extracting(Claim::address)
                .containsExactly(readers.get(5).address().value());
    }

    @Test
    default void whoUnsubscribesAfterTheFreezeIsCancelled() {
        Subscriber ada = subscriber("ada@example.org");
        IssueId issue = freeze();
        subscribers().unsubscribe(ada.id(), NOW);
        assertThat(deliveries().claim(issue, Demand.of(10), NOW)).isEmpty();
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.CANCELLED, 1L));
    }

    @Test
    default void whoIsSuppressedAfterTheFreezeIsCancelledHoweverTheAddressIsSpelt() {
        subscriber("Ada@Example.org");
        IssueId issue = freeze();
        subscribers().suppress(new EmailAddress("ada@example.org"), "complaint", NOW);
        assertThat(deliveries().claim(issue, Demand.of(10), NOW)).isEmpty();
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.CANCELLED, 1L));
    }

    @Test
    default void whoWasSuppressedBeforeTheFreezeIsCountedAndNeverClaimed() {
        Subscriber ada = subscriber("ada@example.org");
        subscriber("bob@example.org");
        subscribers().suppress(ada.address(), "hard bounce", NOW);
        IssueId issue = freeze();
        assertThat(claimOne(issue, NOW).address()).isEqualTo("bob@example.org");
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.SUPPRESSED, 1L, DeliveryState.SENDING, 1L));
    }

    @Test
    default void acceptedIsFinal() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        Claim claim = claimOne(issue, NOW);
        settle(issue, claim, new Outcome.Accepted(OK));
        assertThat(deliveries().claim(issue, Demand.of(10), LATER)).isEmpty();
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 1L));
        assertThat(entries(issue, DeliveryState.ACCEPTED))
                .containsExactly(
                        new Entry(claim.subscriber(), claim.address(), DeliveryState.ACCEPTED, 0, null, List.of()));
    }

    @Test
    default void aDeferredDeliveryIsClaimedAgainWhenDue() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        settle(issue, claimOne(issue, NOW), new Outcome.Deferred(Phase.RCPT, BUSY), NOW, LATER);
        assertThat(ledger().nextDue(issue)).contains(LATER);
        assertThat(entries(issue, DeliveryState.DEFERRED))
                .extracting(Entry::dueAt)
                .containsExactly(LATER);
        assertThat(deliveries().claim(issue, Demand.of(10), LATER.minusMillis(1)))
                .isEmpty();
        assertThat(claimOne(issue, LATER).attempt()).isEqualTo(2);
        assertThat(ledger().nextDue(issue)).isEmpty();
    }

    @Test
    default void aDeferredSubscriberWhoLeavesIsCancelledWhenDue() {
        Subscriber ada = subscriber("ada@example.org");
        IssueId issue = freeze();
        settle(issue, claimOne(issue, NOW), new Outcome.Deferred(Phase.RCPT, BUSY), NOW, LATER);
        subscribers().unsubscribe(ada.id(), NOW);
        assertThat(deliveries().claim(issue, Demand.of(10), LATER)).isEmpty();
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.CANCELLED, 1L));
    }

    @Test
    default void whatTheRelaySaidIsKept() {
        Subscriber ada = subscriber("ada@example.org");
        Subscriber bob = subscriber("bob@example.org");
        IssueId issue = freeze();
        List<Claim> claims = deliveries().claim(issue, Demand.of(10), NOW);
        settle(issue, claims.get(0), new Outcome.Deferred(Phase.RCPT, BUSY), NOW, LATER);
        settle(issue, claims.get(1), new Outcome.Rejected(Phase.DOT, UNKNOWN));
        settle(issue, claimOne(issue, LATER), new Outcome.Rejected(Phase.RCPT, UNKNOWN), LATER, null);
        assertThat(entries(issue, DeliveryState.REJECTED))
                .containsExactly(
                        new Entry(
                                ada.id(),
                                ada.address().value(),
                                DeliveryState.REJECTED,
                                0,
                                null,
                                List.of(
                                        new Attempt(NOW, Phase.RCPT, "450 4.2.0 greylisted", DeliveryState.DEFERRED),
                                        new Attempt(
                                                LATER, Phase.RCPT, "550 5.1.1 no such user", DeliveryState.REJECTED))),
                        new Entry(
                                bob.id(),
                                bob.address().value(),
                                DeliveryState.REJECTED,
                                0,
                                null,
                                List.of(new Attempt(
                                        NOW, Phase.DOT, "550 5.1.1 no such user", DeliveryState.REJECTED))));
    }

    @Test
    default void whatWasNotSentMayBeClaimedAtOnce() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        settle(issue, claimOne(issue, NOW), new Outcome.NotSent(Phase.DATA, "connection reset"));
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.READY, 1L));
        assertThat(claimOne(issue, NOW).attempt()).isEqualTo(2);
    }

    @Test
    default void aSettlementIsRefusedWhenTheDeliveryIsNoLongerClaimed() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        Claim claim = claimOne(issue, NOW);
        settle(issue, claim, new Outcome.Accepted(OK));
        assertThatThrownBy(() -> settle(issue, claim, new Outcome.Rejected(Phase.RCPT, UNKNOWN)))
                .isInstanceOf(RuntimeException.class);
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 1L));
    }

    @Test
    default void aSettlementOfAnEarlierAttemptIsRefused() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        Claim first = claimOne(issue, NOW);
        settle(issue, first, new Outcome.NotSent(Phase.MAIL, "connection reset"));
        claimOne(issue, NOW);
        assertThatThrownBy(() -> settle(issue, first, new Outcome.Accepted(OK))).isInstanceOf(RuntimeException.class);
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.SENDING, 1L));
    }

    @Test
    default void aDeliveryInDoubtIsResentWhenDueAndRemembersIt() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        Claim claim = claimOne(issue, NOW);
        settle(issue, claim, new Outcome.InDoubt("connection lost after the final dot"), NOW, LATER);
        assertThat(ledger().nextDue(issue)).contains(LATER);
        assertThat(deliveries().claim(issue, Demand.of(10), LATER)).isEmpty();
        assertThat(deliveries().resend(issue, LATER.minusMillis(1), 0)).isZero();
        assertThat(deliveries().resend(issue, LATER, 0)).isEqualTo(1);
        Claim again = claimOne(issue, LATER);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.inDoubt()).isEqualTo(1);
        settle(issue, again, new Outcome.Accepted(OK), LATER, null);
        Entry entry = entries(issue, DeliveryState.ACCEPTED).get(0);
        assertThat(entry.inDoubt()).isEqualTo(1);
        assertThat(entry.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(DeliveryState.IN_DOUBT, DeliveryState.ACCEPTED);
        assertThat(entry.attempts().get(0).phase()).isEqualTo(Phase.DOT);
        assertThat(entry.attempts().get(0).reply()).isEqualTo("connection lost after the final dot");
    }

    @Test
    default void aDeliveryInDoubtWithoutADueTimeWaitsForAPerson() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        settle(issue, claimOne(issue, NOW), new Outcome.InDoubt("no reply"));
        assertThat(ledger().nextDue(issue)).isEmpty();
        assertThat(deliveries().resend(issue, NOW.plus(Duration.ofDays(365)), 0))
                .isZero();
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.IN_DOUBT, 1L));
        assertThat(deliveries().resend(issue, NOW, 1))
                .as("which said that one time is fine")
                .isEqualTo(1);
    }

    @Test
    default void afterACrashWhatWasInFlightIsInDoubt() {
        subscriber("ada@example.org");
        subscriber("bob@example.org");
        IssueId issue = freeze();
        deliveries().claim(issue, Demand.of(1), NOW);
        assertThat(deliveries().recover(issue, NOW, LATER, 2)).isEqualTo(1);
        assertThat(deliveries().recover(issue, NOW, LATER, 2)).isZero();
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.IN_DOUBT, 1L, DeliveryState.READY, 1L));
        assertThat(ledger().nextDue(issue)).contains(LATER);
        assertThat(entries(issue, DeliveryState.IN_DOUBT).get(0).inDoubt()).isEqualTo(1);
    }

    @Test
    default void afterTooManyDoubtsACrashLeavesTheDecisionToAPerson() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        for (int i = 0; i < 2; i++) {
            claimOne(issue, NOW);
            deliveries().recover(issue, NOW, LATER, 2);
            assertThat(deliveries().resend(issue, LATER, 0)).isEqualTo(1);
        }
        assertThat(claimOne(issue, NOW).inDoubt()).isEqualTo(2);
        deliveries().recover(issue, NOW, LATER, 2);
        assertThat(deliveries().resend(issue, LATER, 0)).isZero();
        assertThat(ledger().nextDue(issue)).isEmpty();
        assertThat(entries(issue, DeliveryState.IN_DOUBT).get(0).inDoubt()).isEqualTo(3);
    }

    @Test
    default void doubtsMayBeTakenAsSent() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        settle(issue, claimOne(issue, NOW), new Outcome.InDoubt("no reply"));
        assertThat(deliveries().assumeSent(issue)).isEqualTo(1);
        assertThat(deliveries().assumeSent(issue)).isZero();
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 1L));
        assertThat(entries(issue, DeliveryState.ACCEPTED).get(0).inDoubt()).isEqualTo(1);
    }

    @Test
    default void whatIsDeferredForTooLongExpires() {
        subscriber("ada@example.org");
        subscriber("bob@example.org");
        IssueId issue = freeze();
        List<Claim> claims = deliveries().claim(issue, Demand.of(10), NOW);
        settle(issue, claims.get(0), new Outcome.Deferred(Phase.RCPT, BUSY), NOW, LATER);
        settle(issue, claims.get(1), new Outcome.Deferred(Phase.RCPT, BUSY), LATER, LATER.plusSeconds(60));
        // A second deferral does not start the time anew.
        settle(issue, claimOne(issue, LATER), new Outcome.Deferred(Phase.RCPT, BUSY), LATER, LATER.plusSeconds(60));
        assertThat(deliveries().expire(issue, NOW)).isZero();
        assertThat(deliveries().expire(issue, NOW.plusMillis(1))).isEqualTo(1);
        assertThat(entries(issue, DeliveryState.EXPIRED))
                .extracting(Entry::address)
                .containsExactly("ada@example.org");
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.EXPIRED, 1L, DeliveryState.DEFERRED, 1L));
    }

    @Test
    default void theNextDueIsTheEarliest() {
        subscriber("ada@example.org");
        subscriber("bob@example.org");
        IssueId issue = freeze();
        List<Claim> claims = deliveries().claim(issue, Demand.of(10), NOW);
        settle(issue, claims.get(0), new Outcome.Deferred(Phase.RCPT, BUSY), NOW, LATER.plusSeconds(60));
        settle(issue, claims.get(1), new Outcome.InDoubt("no reply"), NOW, LATER);
        assertThat(ledger().nextDue(issue)).contains(LATER);
    }

    @Test
    default void anIssueDoesNotTouchAnother() {
        subscriber("ada@example.org");
        IssueId monday = freeze("deep-learning-2026-11-23");
        IssueId tuesday = freeze("deep-learning-2026-11-24");
        settle(monday, claimOne(monday, NOW), new Outcome.Deferred(Phase.RCPT, BUSY), NOW, LATER);
        claimOne(tuesday, NOW);
        deliveries().recover(monday, NOW, LATER, 2);
        deliveries().expire(tuesday, LATER);
        assertThat(ledger().counts(monday)).isEqualTo(Map.of(DeliveryState.DEFERRED, 1L));
        assertThat(ledger().counts(tuesday)).isEqualTo(Map.of(DeliveryState.SENDING, 1L));
    }

    @Test
    default void everyCandidateIsInExactlyOneState() {
        for (int i = 0; i < 7; i++) {
            subscriber("reader" + i + "@example.org");
        }
        subscribers().suppress(new EmailAddress("reader6@example.org"), "hard bounce", NOW);
        IssueId issue = freeze();
        List<Claim> claims = deliveries().claim(issue, Demand.of(5), NOW);
        settle(issue, claims.get(0), new Outcome.Accepted(OK));
        settle(issue, claims.get(1), new Outcome.Deferred(Phase.MAIL, BUSY), NOW, LATER);
        settle(issue, claims.get(2), new Outcome.Rejected(Phase.RCPT, UNKNOWN));
        settle(issue, claims.get(3), new Outcome.InDoubt("no reply"));
        assertThat(ledger().counts(issue))
                .isEqualTo(Map.of(
                        DeliveryState.ACCEPTED, 1L,
                        DeliveryState.DEFERRED, 1L,
                        DeliveryState.REJECTED, 1L,
                        DeliveryState.IN_DOUBT, 1L,
                        DeliveryState.SENDING, 1L,
                        DeliveryState.READY, 1L,
                        DeliveryState.SUPPRESSED, 1L));
    }

    @Test
    default void groupsAreClaimedEachForItself() {
        subscriber("ada@gmail.com");
        subscriber("bob@googlemail.com");
        subscriber("cy@yahoo.co.uk");
        subscriber("dee@example.org");
        subscriber("eve@notgmail.com");
        IssueId issue = freeze();
        assertThat(ledger().openGroups(issue, SubscriberRange.ALL))
                .containsExactlyInAnyOrder("google", "yahoo", "others");
        Demand demand = new Demand(Lease.OF_PROCESS, Map.of("google", 1, "others", 5), Set.of(), false);
        assertThat(deliveries().claim(issue, demand, NOW))
                .extracting(claim -> claim.group() + " " + claim.address())
                .containsExactlyInAnyOrder("google ada@gmail.com", "others dee@example.org", "others eve@notgmail.com");
        assertThat(deliveries().claim(issue, Demand.of(9), NOW))
                .extracting(claim -> claim.group() + " " + claim.address())
                .containsExactlyInAnyOrder("google bob@googlemail.com", "yahoo cy@yahoo.co.uk");
    }

    @Test
    default void onlyThoseAskedForAreClaimedWhetherDueOrNot() {
        subscriber("ada@example.org");
        subscriber("bob@example.org");
        IssueId issue = freeze();
        Demand onlyBob = new Demand(
                Lease.OF_PROCESS, Map.of(Demand.ANY_GROUP, 9), Set.of(new EmailAddress("Bob@Example.ORG")), false);
        List<Claim> claims = deliveries().claim(issue, onlyBob, NOW);
        assertThat(claims).extracting(Claim::address).containsExactly("bob@example.org");
        settle(issue, claims.get(0), new Outcome.Deferred(Phase.RCPT, BUSY), NOW, LATER);
        assertThat(deliveries().claim(issue, onlyBob, NOW))
                .extracting(Claim::from)
                .containsExactly(DeliveryState.DEFERRED);
    }

    @Test
    default void whatWasNeverTriedIsReadyAgainAsIfNothingHadBeen() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        settle(issue, claimOne(issue, NOW), new Outcome.Untried());
        assertThat(entries(issue, DeliveryState.READY).get(0).attempts()).isEmpty();
        assertThat(claimOne(issue, NOW).attempt()).isEqualTo(1);
    }

    @Test
    default void afterACrashOnlyMarkedDotsAreInDoubtWhereDotsAreMarked() {
        subscriber("ada@example.org");
        subscriber("bob@example.org");
        IssueId issue = freeze();
        List<Claim> claims = deliveries()
                .claim(issue, new Demand(Lease.OF_PROCESS, Map.of(Demand.ANY_GROUP, 2), Set.of(), true), NOW);
        deliveries().markDots(issue, claims.subList(1, 2));
        assertThat(deliveries().recover(issue, NOW, LATER, 2)).isEqualTo(1);
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.READY, 1L, DeliveryState.IN_DOUBT, 1L));
        assertThat(claimOne(issue, NOW).attempt()).isEqualTo(1);
    }

    @Test
    default void afterAnAccidentWhatWasWrittenStaysAndTheRestIsWritten() {
        subscriber("ada@example.org");
        subscriber("bob@example.org");
        subscriber("cy@example.org");
        IssueId issue = freeze();
        List<Claim> claims = deliveries().claim(issue, Demand.of(3), NOW);
        settle(issue, claims.get(0), new Outcome.Accepted(OK));
        deliveries()
                .reconcile(
                        issue,
                        claims.subList(0, 2).stream()
                                .map(claim -> claim.settled(new Outcome.Accepted(OK), NOW, null))
                                .toList());
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 2L, DeliveryState.SENDING, 1L));
        deliveries().release(issue, Lease.OF_PROCESS);
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 2L, DeliveryState.READY, 1L));
        assertThat(claimOne(issue, NOW).attempt()).isEqualTo(1);
    }
}
