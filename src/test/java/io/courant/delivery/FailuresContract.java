package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.FrozenIssue.State;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every keeper of failed deliveries promises. */
public interface FailuresContract extends LedgerFixture {
    Instant THEN = Instant.parse("2026-11-23T07:00:00Z");
    Failures.Wish REJECTED = new Failures.Wish(Set.of(DeliveryState.REJECTED), Set.of());
    Failures.Wish EXPIRED = new Failures.Wish(Set.of(DeliveryState.EXPIRED), Set.of());

    Failures failures();

    private IssueId freeze(String... addresses) {
        for (String address : addresses) {
            subscriber(address);
        }
        Issue issue = Samples.issue("deep-learning-2026-11-23", section("Edge"));
        Samples.freeze(issues(), issue);
        return issue.id();
    }

    private void settleAll(IssueId issue, Outcome outcome, Outcome others, Instant at) {
        for (Claim claim : deliveries().claim(issue, Demand.of(9), at)) {
            Outcome what = claim.address().startsWith("ada") ? others : outcome;
            Instant due = what instanceof Outcome.Deferred ? at : null;
            deliveries().settle(issue, List.of(claim.settled(what, at, due)));
        }
    }

    private void refuseAllButAda(IssueId issue) {
        settleAll(
                issue,
                new Outcome.Rejected(Phase.RCPT, DeliveriesContract.UNKNOWN),
                new Outcome.Accepted(DeliveriesContract.OK),
                THEN);
    }

    @Test
    default void whatWasRefusedIsReadyAgainAndTheIssueIsNotOverAnyMore() {
        IssueId issue = freeze("ada@example.org", "bob@example.org", "cy@example.org");
        refuseAllButAda(issue);
        issues().finish(issue, THEN);
        Failures.Wish bobOnly =
                new Failures.Wish(Set.of(DeliveryState.REJECTED), Set.of(new EmailAddress("Bob@Example.ORG")));
        assertThat(failures().retry(issue, bobOnly, THEN)).isEqualTo(1);
        assertThat(issues().state(issue)).contains(State.APPROVED);
        assertThat(deliveries().claim(issue, Demand.of(9), THEN))
                .extracting(Claim::address)
                .containsExactly("bob@example.org");
        assertThat(ledger().counts(issue))
                .isEqualTo(Map.of(DeliveryState.ACCEPTED, 1L, DeliveryState.SENDING, 1L, DeliveryState.REJECTED, 1L));
    }

    @Test
    default void whoIsSuppressedStaysOut() {
        IssueId issue = freeze("ada@example.org", "bob@example.org");
        refuseAllButAda(issue);
        subscribers().suppress(new EmailAddress("bob@example.org"), "hard bounce", THEN);
        issues().finish(issue, THEN);
        assertThat(failures().retry(issue, REJECTED, THEN)).isZero();
        assertThat(issues().state(issue)).contains(State.FINISHED);
        assertThat(ledger().counts(issue)).containsEntry(DeliveryState.REJECTED, 1L);
    }

    @Test
    default void whatHasExpiredGetsTheWholeTimeAgain() {
        IssueId issue = freeze("ada@example.org", "bob@example.org");
        Outcome deferred = new Outcome.Deferred(Phase.RCPT, DeliveriesContract.BUSY);
        settleAll(issue, deferred, new Outcome.Accepted(DeliveriesContract.OK), THEN);
        Instant later = THEN.plus(Duration.ofDays(3));
        assertThat(deliveries().expire(issue, later)).isEqualTo(1);
        assertThat(failures().retry(issue, EXPIRED, later)).isEqualTo(1);
        settleAll(issue, deferred, deferred, later);
        assertThat(deliveries().expire(issue, later)).isZero();
        assertThat(deliveries().expire(issue, later.plusMillis(1))).isEqualTo(1);
        assertThat(ledger().find(issue, new EmailAddress("bob@example.org"))
                        .orElseThrow()
                        .tries())
                .isEqualTo(2);
    }

    @Test
    default void anIssueThatNobodyGotIsNotTriedAgain() {
        IssueId issue = freeze("bob@example.org");
        refuseAllButAda(issue);
        issues().finish(issue, THEN);
        assertThatThrownBy(() -> failures().retry(issue, REJECTED, THEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its items are new again");
    }

    @Test
    default void aCancelledIssueIsNotTriedAgain() {
        IssueId issue = freeze("ada@example.org", "bob@example.org");
        refuseAllButAda(issue);
        issues().cancel(issue, THEN);
        assertThatThrownBy(() -> failures().retry(issue, REJECTED, THEN)).hasMessageContaining("was cancelled");
        assertThat(ledger().counts(issue)).containsEntry(DeliveryState.REJECTED, 1L);
    }

    @Test
    default void onlyFailuresAreTriedAgain() {
        Set<DeliveryState> accepted = Set.of(DeliveryState.ACCEPTED);
        assertThatThrownBy(() -> new Failures.Wish(accepted, Set.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
