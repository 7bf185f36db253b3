package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Ledger.Entry;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What everybody who reads the ledger relies on. */
public interface LedgerContract extends LedgerFixture {
    Instant AT = Instant.parse("2026-11-23T07:00:00Z");
    Reply TAKEN = new Reply(250, "2.0.0 Ok: queued as 4XyZ");

    private IssueId freeze(String id) {
        Issue issue = Samples.issue(id, section("Section for " + id));
        Samples.freeze(issues(), issue);
        return issue.id();
    }

    private IssueId freeze() {
        return freeze("deep-learning-2026-11-23");
    }

    private Claim claim(IssueId issue) {
        return deliveries().claim(issue, Demand.of(1), AT).get(0);
    }

    private void settle(IssueId issue, Claim claim, Outcome outcome) {
        deliveries().settle(issue, List.of(claim.settled(outcome, AT, AT)));
    }

    private static List<Entry> read(Consumer<Consumer<Entry>> reading) {
        List<Entry> entries = new ArrayList<>();
        reading.accept(entries::add);
        return entries;
    }

    @Test
    default void everyDeliveryIsReadOnceInTheOrderOfSubscribers() {
        Subscriber ada = subscriber("ada@example.org");
        Subscriber bob = subscriber("bob@example.org");
        Subscriber eve = subscriber("eve@example.org");
        subscribers().suppress(bob.address(), "complaint", AT);
        IssueId issue = freeze();
        freeze("deep-learning-2026-11-24");
        settle(issue, claim(issue), new Outcome.Rejected(Phase.RCPT, new Reply(550, "5.1.1 unknown")));
        assertThat(read(reader -> ledger().forEach(issue, reader)))
                .extracting(Entry::subscriber, Entry::state)
                .containsExactly(
                        tuple(ada.id(), DeliveryState.REJECTED),
                        tuple(bob.id(), DeliveryState.SUPPRESSED),
                        tuple(eve.id(), DeliveryState.READY));
    }

    @Test
    default void whoWasInDoubtIsRememberedAfterItIsSettled() {
        Subscriber ada = subscriber("ada@example.org");
        subscriber("bob@example.org");
        IssueId issue = freeze();
        settle(issue, claim(issue), new Outcome.InDoubt("connection closed by the relay"));
        assertThat(read(reader -> ledger().forEachInDoubt(issue, reader)))
                .extracting(Entry::subscriber, Entry::state, Entry::inDoubt)
                .containsExactly(tuple(ada.id(), DeliveryState.IN_DOUBT, 1));
        deliveries().resend(issue, AT, 0);
        settle(issue, claim(issue), new Outcome.Accepted(TAKEN));
        settle(issue, claim(issue), new Outcome.Accepted(TAKEN));
        assertThat(read(reader -> ledger().forEachInDoubt(issue, reader)))
                .extracting(Entry::subscriber, Entry::state, Entry::inDoubt)
                .containsExactly(tuple(ada.id(), DeliveryState.ACCEPTED, 1));
        assertThat(read(reader -> ledger().forEach(issue, DeliveryState.IN_DOUBT, reader)))
                .isEmpty();
    }

    @Test
    default void aRecipientIsFoundByAddressHoweverItIsSpelt() {
        Subscriber ada = subscriber("Ada@Example.org");
        IssueId issue = freeze();
        subscriber("late@example.org");
        settle(issue, claim(issue), new Outcome.Deferred(Phase.RCPT, new Reply(450, "4.2.0 greylisted")));
        Entry entry = ledger().find(issue, new EmailAddress("ada@example.org")).orElseThrow();
        assertThat(entry.subscriber()).isEqualTo(ada.id());
        assertThat(entry.state()).isEqualTo(DeliveryState.DEFERRED);
        assertThat(entry.attempts()).hasSize(1);
        assertThat(ledger().find(issue, new EmailAddress("late@example.org"))).isEmpty();
        assertThat(ledger().isRecipient(issue, ada.id())).isTrue();
        assertThat(ledger().isRecipient(issue, ada.id() + 1))
                .as("a subscriber of later")
                .isFalse();
        assertThat(ledger().isRecipient(new IssueId("other-2026-11-23"), ada.id()))
                .isFalse();
        assertThat(ledger().find(issue, new EmailAddress("nobody@example.org"))).isEmpty();
        assertThat(ledger().find(new IssueId("other-2026-11-23"), ada.address()))
                .isEmpty();
    }

    @Test
    default void whatIsWithARelayIsInFlight() {
        subscriber("ada@example.org");
        subscriber("bob@example.org");
        IssueId issue = freeze();
        assertThat(ledger().inFlight(issue)).isZero();
        Claim claim = claim(issue);
        claim(issue);
        assertThat(ledger().inFlight(issue)).isEqualTo(2);
        settle(issue, claim, new Outcome.Accepted(TAKEN));
        assertThat(ledger().inFlight(issue)).isEqualTo(1);
        assertThat(ledger().inFlight(new IssueId("other-2026-11-23"))).isZero();
    }

    @Test
    default void everyTryIsCountedWhetherItSaidSomethingOrNot() {
        subscriber("ada@example.org");
        IssueId issue = freeze();
        assertThat(read(reader -> ledger().forEach(issue, reader)).get(0).tries())
                .isZero();
        settle(issue, claim(issue), new Outcome.Deferred(Phase.RCPT, new Reply(450, "4.2.0 greylisted")));
        Claim second = claim(issue);
        assertThat(read(reader -> ledger().forEach(issue, reader)).get(0).tries())
                .isEqualTo(2);
        settle(issue, second, new Outcome.Accepted(TAKEN));
        assertThat(read(reader -> ledger().forEach(issue, reader)).get(0).tries())
                .isEqualTo(2);
        subscriber("bob@example.org");
        IssueId next = freeze("deep-learning-2026-11-24");
        settle(next, claim(next), new Outcome.Accepted(TAKEN));
        assertThat(read(reader -> ledger().forEach(next, DeliveryState.ACCEPTED, reader))
                        .get(0)
                        .tries())
                .isEqualTo(1);
    }
}
