package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.Segment;
import io.courant.audience.Subscriber;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.FrozenIssue.State;
import io.courant.delivery.FrozenIssues.Freezing;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every keeper of frozen issues promises. */
public interface FrozenIssuesContract extends LedgerFixture {
    Instant THEN = Instant.parse("2026-11-23T07:00:00Z");

    /** Lets an issue be sent. */
    void approve(IssueId issue, Instant at);

    private Issue freeze(String id) {
        Issue issue = Samples.issue(id, section("Section for " + id));
        freeze(issue);
        return issue;
    }

    @Test
    default void aFrozenIssueComesBackAsItWas() {
        Issue issue = freeze("deep-learning-2026-11-23");
        FrozenIssue found = issues().find(issue.id()).orElseThrow();
        assertThat(found.issue()).isEqualTo(issue);
        assertThat(found.subject()).isEqualTo("Edge AI: 1 new piece");
        assertThat(found.state()).isEqualTo(State.APPROVED);
        assertThat(found.variants()).hasSize(1);
        assertThat(found.variants().get(0).name()).isEqualTo("all");
        assertThat(found.variants().get(0).message().encoded())
                .isEqualTo(Samples.message(issue).encoded());
    }

    @Test
    default void theHeadlineIsTheIssueInBrief() {
        Issue issue = freeze("deep-learning-2026-11-23");
        long candidates = issues().find(issue.id()).orElseThrow().candidates();
        assertThat(issues().headline(issue.id()))
                .contains(new Headline(
                        issue.id(),
                        "deep-learning",
                        issue.date(),
                        "Edge AI: 1 new piece",
                        State.APPROVED,
                        candidates,
                        issue.items().size(),
                        issue.carriedOver().size(),
                        1,
                        List.of(),
                        null,
                        0,
                        List.of()));
    }

    @Test
    default void aCancelledIssueIsOverAndWhatWasWithARelayIsInDoubt() {
        subscriber("ada@example.org");
        subscriber("bob@example.org");
        Issue issue = freeze("deep-learning-2026-11-23");
        deliveries().claim(issue.id(), Demand.of(1), THEN);
        issues().cancel(issue.id(), THEN);
        assertThat(issues().state(issue.id())).contains(State.CANCELLED);
        assertThat(issues().unfinished("deep-learning")).isEmpty();
        assertThat(ledger().counts(issue.id()))
                .containsEntry(DeliveryState.IN_DOUBT, 1L)
                .containsEntry(DeliveryState.CANCELLED, 1L);
        issues().resume(issue.id());
        approve(issue.id(), THEN);
        assertThat(issues().state(issue.id())).contains(State.CANCELLED);
    }

    @Test
    default void whatNobodyCanHaveGotIsNotPublished() {
        Issue waiting = Samples.issue("deep-learning-2026-11-22", section("One"));
        freeze(waiting, Segment.ALL, true);
        assertThat(issues().published("deep-learning")).isEmpty();
        approve(waiting.id(), THEN);
        assertThat(issues().published("deep-learning")).containsExactly(waiting.id());
        issues().cancel(waiting.id(), THEN);
        assertThat(issues().published("deep-learning")).isEmpty();
        subscriber("ada@example.org");
        Issue sent = freeze("deep-learning-2026-11-23");
        deliveries().claim(sent.id(), Demand.of(1), THEN);
        issues().cancel(sent.id(), THEN);
        assertThat(issues().published("deep-learning")).containsExactly(sent.id());
    }

    @Test
    default void aFinishedIssueCannotBeCancelled() {
        Issue issue = freeze("deep-learning-2026-11-23");
        issues().finish(issue.id(), THEN);
        issues().cancel(issue.id(), THEN);
        assertThat(issues().state(issue.id())).contains(State.FINISHED);
    }

    @Test
    default void anUnknownIssueIsNotFound() {
        assertThat(issues().find(new IssueId("nothing-2026-11-23"))).isEmpty();
        assertThat(issues().headline(new IssueId("nothing-2026-11-23"))).isEmpty();
        assertThat(issues().latest("nothing")).isEmpty();
        assertThat(issues().unfinished("nothing")).isEmpty();
        assertThat(issues().list("nothing")).isEmpty();
    }

    @Test
    default void anIssueThatNeedsApprovalWaitsForIt() {
        Issue issue = Samples.issue(section("Edge"));
        freeze(issue, Segment.ALL, true);
        assertThat(issues().find(issue.id()).orElseThrow().state()).isEqualTo(State.AWAITING_APPROVAL);
        approve(issue.id(), THEN);
        assertThat(issues().find(issue.id()).orElseThrow().state()).isEqualTo(State.APPROVED);
        approve(issue.id(), THEN.plusSeconds(60));
        assertThat(issues().find(issue.id()).orElseThrow().state()).isEqualTo(State.APPROVED);
    }

    @Test
    default void approvalDoesNotReopenAFinishedIssue() {
        Issue issue = freeze("deep-learning-2026-11-23");
        issues().finish(issue.id(), THEN);
        approve(issue.id(), THEN);
        assertThat(issues().find(issue.id()).orElseThrow().state()).isEqualTo(State.FINISHED);
    }

    private State stateOf(Issue issue) {
        State state = issues().find(issue.id()).orElseThrow().state();
        assertThat(issues().state(issue.id())).contains(state);
        return state;
    }

    @Test
    default void anIssueIsHeldUntilItIsResumed() {
        Issue issue = freeze("deep-learning-2026-11-23");
        issues().pause(issue.id());
        assertThat(stateOf(issue)).isEqualTo(State.PAUSED);
        issues().resume(issue.id());
        assertThat(stateOf(issue)).isEqualTo(State.APPROVED);
        issues().stop(issue.id());
        assertThat(stateOf(issue)).isEqualTo(State.STOPPED);
        issues().resume(issue.id());
        assertThat(stateOf(issue)).isEqualTo(State.APPROVED);
        issues().pause(issue.id());
        issues().stop(issue.id());
        assertThat(stateOf(issue)).isEqualTo(State.STOPPED);
        issues().pause(issue.id());
        assertThat(stateOf(issue)).as("a pause does not weaken a stop").isEqualTo(State.STOPPED);
        assertThat(issues().unfinished("deep-learning")).containsExactly(issue.id());
    }

    @Test
    default void approvingIsNotResumingAndResumingIsNotApproving() {
        Issue waiting = Samples.issue(section("Edge"));
        freeze(waiting, Segment.ALL, true);
        issues().pause(waiting.id());
        issues().stop(waiting.id());
        issues().resume(waiting.id());
        assertThat(stateOf(waiting)).isEqualTo(State.AWAITING_APPROVAL);
        Issue held = freeze("deep-learning-2026-11-24");
        issues().stop(held.id());
        approve(held.id(), THEN);
        assertThat(stateOf(held)).isEqualTo(State.STOPPED);
    }

    @Test
    default void holdingComesTooLateForAnIssueThatIsFinished() {
        Issue first = freeze("deep-learning-2026-11-23");
        issues().finish(first.id(), THEN);
        issues().pause(first.id());
        issues().stop(first.id());
        issues().resume(first.id());
        assertThat(stateOf(first)).isEqualTo(State.FINISHED);
        Issue second = freeze("deep-learning-2026-11-24");
        issues().pause(second.id());
        issues().finish(second.id(), THEN);
        assertThat(stateOf(second)).as("its last message had been taken").isEqualTo(State.FINISHED);
        assertThat(issues().state(new IssueId("nothing-2026-11-23"))).isEmpty();
    }

    @Test
    default void everyActiveSubscriberOfTheSegmentGetsOneDelivery() {
        Subscriber ada = subscriber("ada@example.org", "edge", "vision");
        subscriber("bob@example.org", "chips");
        Subscriber eve = subscriber("eve@example.org", "vision");
        Subscriber gone = subscriber("gone@example.org", "edge");
        subscribers().unsubscribe(gone.id(), THEN);
        Issue issue = Samples.issue(section("Edge"));
        freeze(issue, Segment.tagged(Set.of("edge", "vision")), false);
        assertThat(deliveries().claim(issue.id(), Demand.of(10), THEN))
                .extracting(Claim::subscriber)
                .containsExactlyInAnyOrder(ada.id(), eve.id());
    }

    @Test
    default void whoSubscribesLaterWaitsForTheNextIssue() {
        subscriber("ada@example.org");
        Issue issue = freeze("deep-learning-2026-11-23");
        subscriber("bob@example.org");
        assertThat(deliveries().claim(issue.id(), Demand.of(10), THEN)).hasSize(1);
    }

    @Test
    default void anItemAppearsOnceInANewsletterOrTheWholeIssueIsRefused() {
        subscriber("ada@example.org");
        long edge = section("Edge");
        freeze(Samples.issue("deep-learning-2026-11-23", edge));
        Issue again = Samples.issue("deep-learning-2026-11-24", edge);
        assertThatThrownBy(() -> freeze(again)).isInstanceOf(RuntimeException.class);
        assertThat(issues().find(again.id())).isEmpty();
        assertThat(issues().list("deep-learning")).containsExactly(new IssueId("deep-learning-2026-11-23"));
        assertThat(ledger().counts(again.id())).isEmpty();
    }

    @Test
    default void anotherNewsletterMayShowTheSameItemToOthers() {
        long edge = section("Edge");
        freeze(Samples.issue("deep-learning-2026-11-23", edge));
        Subscriber late = subscriber("late@example.org");
        Issue hardware = Samples.issue("hardware-2026-11-23", edge);
        freeze(hardware);
        assertThat(issues().latest("hardware")).isPresent();
        assertThat(ledger().isRecipient(hardware.id(), late.id())).isTrue();
    }

    @Test
    default void anIssueIsFrozenOnce() {
        subscriber("ada@example.org");
        Issue issue = freeze("deep-learning-2026-11-23");
        Issue other = Samples.issue("deep-learning-2026-11-23", section("Other"));
        assertThatThrownBy(() -> freeze(other)).isInstanceOf(RuntimeException.class);
        assertThat(issues().find(issue.id()).orElseThrow().issue()).isEqualTo(issue);
        assertThat(ledger().counts(issue.id())).isEqualTo(Map.of(DeliveryState.READY, 1L));
    }

    @Test
    default void issuesAreListedNewestFirstAndGoneOnWithOldestFirst() {
        IssueId first = freeze("deep-learning-2026-11-23").id();
        IssueId second = freeze("deep-learning-2026-11-23-2").id();
        IssueId third = freeze("deep-learning-2026-11-24").id();
        freeze("hardware-2026-11-25");
        assertThat(issues().list("deep-learning")).containsExactly(third, second, first);
        assertThat(issues().latest("deep-learning").orElseThrow().id()).isEqualTo(third);
        assertThat(issues().unfinished("deep-learning")).containsExactly(first, second, third);
        issues().finish(second, THEN.plus(Duration.ofMinutes(5)));
        assertThat(issues().unfinished("deep-learning")).isEqualTo(List.of(first, third));
        assertThat(issues().find(second).orElseThrow().state()).isEqualTo(State.FINISHED);
    }

    private Freezing freeze(Issue issue) {
        return freeze(issue, Segment.ALL, false);
    }

    /** An issue for nobody is not frozen. */
    private Freezing freeze(Issue issue, Segment audience, boolean approvalNeeded) {
        List<Subscriber> all = new ArrayList<>();
        subscribers().forEach(entry -> all.add(entry.subscriber()));
        if (all.isEmpty()) {
            subscriber("somebody@example.org");
        }
        return Samples.freeze(issues(), issue, audience, approvalNeeded);
    }
}
