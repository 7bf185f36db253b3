package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Demand;
import io.courant.delivery.Lease;
import io.courant.delivery.LeaseLost;
import io.courant.delivery.Ledger;
import io.courant.delivery.Outcome;
import io.courant.delivery.Reply;
import io.courant.delivery.SubscriberRange;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several machines send from one database: what one has begun, no other settles, until it is taken from it. */
@EachDatabase(TestDatabase.POSTGRES)
class JdbcLeasesTest extends JdbcLedgerFixture {
    private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");
    private static final Outcome ACCEPTED = new Outcome.Accepted(new Reply(250, "2.0.0 queued as 4711"));

    @Test
    void aLeaseThatIsRenewedLasts() {
        Lease lease = lease(freeze(1));
        deliveries().renew(lease, 3);
        assertThat(ledger().running()).singleElement().satisfies(run -> {
            assertThat(run.settled()).isEqualTo(3);
            assertThat(run.holder()).isEqualTo("test");
            assertThat(run.lasts()).isTrue();
        });
        deliveries().end(lease);
        assertThat(ledger().running()).isEmpty();
    }

    @Test
    void whoWasCutOffLongAgoIsForgotten() {
        IssueId issue = freeze(2);
        Lease old = lease(issue);
        claim(issue, old);
        Lease recent = lease(issue);
        ended(old, JdbcLeases.KEPT.plusMinutes(1));
        ended(recent, JdbcLeases.KEPT.minusMinutes(1));
        Lease now = lease(issue);
        assertThat(ledger().running()).extracting(Ledger.Running::lease).containsExactly(recent.number(), now.number());
        assertThat(deliveries().recover(issue, NOW, NOW, 2))
                .as("what it had in flight")
                .isEqualTo(1);
    }

    @Test
    void underALeaseThatHasEndedNothingIsClaimed() {
        IssueId issue = freeze(1);
        Lease lease = lease(issue);
        lapse();
        assertThat(ledger().running()).singleElement().matches(run -> !run.lasts());
        assertThatThrownBy(() -> deliveries().renew(lease, 0)).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> deliveries().claim(issue, Demand.of(lease, 1), NOW))
                .isInstanceOf(LeaseLost.class)
                .hasMessageContaining("lease " + lease.number());
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.READY, 1L));
    }

    @Test
    void whatIsSentUnderALeaseThatLastsIsNobodyElses() {
        IssueId issue = freeze(1);
        Claim claim = claim(issue, lease(issue));
        assertThat(deliveries().recover(issue, NOW, NOW, 2)).isZero();
        Claim stolen = new Claim(
                claim.subscriber(),
                claim.address(),
                claim.joined(),
                claim.variant(),
                claim.group(),
                claim.from(),
                claim.attempt(),
                0,
                0,
                lease(issue).number());
        assertThatThrownBy(() -> deliveries().settle(issue, List.of(stolen.settled(ACCEPTED, NOW, null))))
                .hasMessageContaining("somebody else was first");
    }

    @Test
    void whatALostLeaseHadInFlightIsInDoubt() {
        IssueId issue = freeze(1);
        claim(issue, lease(issue));
        lapse();
        assertThat(deliveries().recover(issue, NOW, NOW, 2)).isEqualTo(1);
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.IN_DOUBT, 1L));
    }

    @Test
    void whatWasAcceptedAfterTheLeaseWasLostIsNotSentAgain() {
        IssueId issue = freeze(1);
        Claim claim = claim(issue, lease(issue));
        lapse();
        deliveries().recover(issue, NOW, NOW, 2);
        assertThatThrownBy(() -> deliveries().settle(issue, List.of(claim.settled(ACCEPTED, NOW, null))))
                .hasMessageContaining("somebody else was first");
        deliveries().reconcile(issue, List.of(claim.settled(ACCEPTED, NOW, null)));
        Ledger.Entry entry = entry(issue);
        assertThat(entry.state()).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(entry.inDoubt()).isEqualTo(1);
        assertThat(entry.attempts().get(0).reply()).contains("then, late: 250 2.0.0 queued as 4711");
    }

    @Test
    void whatWasAcceptedTwiceSaysSo() {
        IssueId issue = freeze(1);
        Claim first = claim(issue, lease(issue));
        lapse();
        deliveries().recover(issue, NOW, NOW, 2);
        deliveries().resend(issue, NOW, 2);
        Claim second = claim(issue, lease(issue));
        deliveries().settle(issue, List.of(second.settled(ACCEPTED, NOW, null)));
        deliveries().reconcile(issue, List.of(first.settled(ACCEPTED, NOW, null)));
        deliveries().reconcile(issue, List.of(first.settled(ACCEPTED, NOW, null)));
        Ledger.Entry entry = entry(issue);
        assertThat(entry.state()).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(entry.inDoubt()).isEqualTo(1);
        assertThat(entry.attempts()).hasSize(2);
        assertThat(entry.attempts().get(0).reply()).containsOnlyOnce("then, late: 250 2.0.0 queued as 4711");
    }

    @Test
    void aDotThatIsNobodysAnyMoreIsNotSent() {
        IssueId issue = freeze(1);
        Lease lease = lease(issue);
        Claim claim = deliveries()
                .claim(issue, new Demand(lease, Map.of(Demand.ANY_GROUP, 1), Set.of(), true), NOW)
                .get(0);
        lapse();
        assertThat(deliveries().recover(issue, NOW, NOW, 2)).isZero();
        assertThat(ledger().counts(issue)).isEqualTo(Map.of(DeliveryState.READY, 1L));
        Claim again = claim(issue, lease(issue));
        assertThat(again.attempt()).isEqualTo(claim.attempt());
        assertThatThrownBy(() -> deliveries().markDots(issue, List.of(claim))).isInstanceOf(LeaseLost.class);
    }

    @Test
    void claimsOfManyAtTheSameMomentDoNotMeet() throws Exception {
        IssueId issue = freeze(400);
        ExecutorService machines = Executors.newFixedThreadPool(4);
        List<Callable<List<Long>>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            work.add(() -> {
                Lease lease = lease(issue);
                List<Long> mine = new ArrayList<>();
                List<Claim> claims;
                do {
                    claims = deliveries().claim(issue, Demand.of(lease, 7), NOW);
                    claims.forEach(claim -> mine.add(claim.subscriber()));
                } while (!claims.isEmpty());
                return mine;
            });
        }
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> one : machines.invokeAll(work)) {
            all.addAll(one.get());
        }
        machines.shutdown();
        assertThat(all).hasSize(400);
        assertThat(new HashSet<>(all)).hasSize(400);
    }

    @Test
    void thePartsHoldAllThatIsOpenOnce() {
        IssueId issue = freeze(5);
        List<SubscriberRange> parts = ledger().parts(issue, 2);
        assertThat(parts).hasSize(3);
        List<Long> claimed = new ArrayList<>();
        for (SubscriberRange part : parts) {
            Lease lease = deliveries().lease(issue, part, "test");
            deliveries().claim(issue, Demand.of(lease, 10), NOW).forEach(claim -> claimed.add(claim.subscriber()));
        }
        assertThat(claimed).hasSize(5).doesNotHaveDuplicates();
    }

    private IssueId freeze(int readers) {
        for (int i = 0; i < readers; i++) {
            subscriber("reader" + i + "@example.org");
        }
        IssueId issue = frozen();
        approve(issue, NOW);
        return issue;
    }

    private Lease lease(IssueId issue) {
        return deliveries().lease(issue, SubscriberRange.ALL, "test");
    }

    private Claim claim(IssueId issue, Lease lease) {
        return deliveries().claim(issue, Demand.of(lease, 1), NOW).get(0);
    }

    private void ended(Lease lease, Duration ago) {
        store.sql()
                .sql("update lease set until = " + Dialect.POSTGRES.clock() + " - :ago where number = :number")
                .param("ago", ago.toMillis())
                .param("number", lease.number())
                .update();
    }

    /** Time passes in which no lease is renewed. */
    private void lapse() {
        store.sql().sql("update lease set until = 0").update();
    }

    private Ledger.Entry entry(IssueId issue) {
        return ledger().find(issue, new EmailAddress("reader0@example.org")).orElseThrow();
    }
}
