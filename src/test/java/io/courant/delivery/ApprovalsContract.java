package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Segment;
import io.courant.delivery.Approvals.Assent;
import io.courant.delivery.Approvals.Ruling;
import io.courant.delivery.FrozenIssue.State;
import io.courant.issue.Issue;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every keeper of approvals promises. */
public interface ApprovalsContract extends LedgerFixture {
    Instant THEN = Instant.parse("2026-11-23T07:00:00Z");

    Approvals approvals();

    private Issue awaiting(Release release) {
        subscriber("ada@example.org");
        Issue issue = Samples.issue("deep-learning-2026-11-23", section("Edge"));
        Samples.freeze(issues(), issue, Segment.ALL, release);
        return issue;
    }

    private Ruling approve(Issue issue, String by, @Nullable String hash, @Nullable Instant sendAfter) {
        return approvals().approve(issue.id(), new Assent(by, THEN, hash, sendAfter));
    }

    private State state(Issue issue) {
        return issues().state(issue.id()).orElseThrow();
    }

    @Test
    default void onePersonApprovesWhatTheySaw() {
        Issue issue = awaiting(Release.BY_ONE);
        String hash = approvals().seal(issue.id()).orElseThrow().hash();
        assertThat(approve(issue, "ada", "0".repeat(64), null)).isEqualTo(new Ruling.Differs(hash));
        assertThat(state(issue)).isEqualTo(State.AWAITING_APPROVAL);
        assertThat(approve(issue, "ada", hash, null)).isEqualTo(new Ruling.Approved(null));
        assertThat(state(issue)).isEqualTo(State.APPROVED);
        assertThat(approvals().of(issue.id())).containsExactly(new Approvals.Approval("ada", hash, THEN));
        assertThat(approvals().uphold(issue.id(), THEN)).isEmpty();
        assertThat(approve(issue, "bob", null, null)).isEqualTo(new Ruling.Moot(State.APPROVED));
    }

    @Test
    default void whereTwoMustApproveTheyAreTwoPeople() {
        Issue issue = awaiting(new Release(2, Duration.ZERO));
        assertThat(approve(issue, "ada", null, null)).isEqualTo(new Ruling.NeedsAnother());
        assertThat(approve(issue, "Ada", null, null)).isEqualTo(new Ruling.Twice());
        assertThat(state(issue)).isEqualTo(State.AWAITING_APPROVAL);
        assertThat(issues().headline(issue.id()).orElseThrow().approvedBy()).containsExactly("ada");
        assertThat(approve(issue, "bob", null, null)).isEqualTo(new Ruling.Approved(null));
    }

    @Test
    default void sendingWaitsForTheGracePeriodOrALaterMoment() {
        Issue issue = awaiting(new Release(1, Duration.ofMinutes(10)));
        Instant over = THEN.plus(Duration.ofMinutes(10));
        assertThat(approve(issue, "ada", null, THEN.plusSeconds(60))).isEqualTo(new Ruling.Approved(over));
        Headline headline = issues().headline(issue.id()).orElseThrow();
        assertThat(headline.waitsUntil(THEN)).contains(over);
        assertThat(headline.waitsUntil(over)).isEmpty();
        assertThat(approvals().withdraw(issue.id(), "bob", THEN)).isTrue();
        assertThat(issues().headline(issue.id()).orElseThrow().sendAfter()).isNull();
        Instant morning = THEN.plus(Duration.ofDays(1));
        assertThat(approve(issue, "ada", null, morning)).isEqualTo(new Ruling.Approved(morning));
    }

    @Test
    default void whatIsWithdrawnAwaitsApprovalByTheSamePeopleAgain() {
        Issue issue = awaiting(Release.BY_ONE);
        assertThat(approvals().withdraw(issue.id(), "ada", THEN)).isFalse();
        approve(issue, "ada", null, null);
        assertThat(approvals().withdraw(issue.id(), "bob", THEN)).isTrue();
        assertThat(state(issue)).isEqualTo(State.AWAITING_APPROVAL);
        assertThat(approvals().of(issue.id())).isEmpty();
        assertThat(approve(issue, "ada", null, null)).isEqualTo(new Ruling.Approved(null));
    }

    @Test
    default void anIssueThatNobodyMustApproveIsLeftAlone() {
        Issue issue = awaiting(Release.FREE);
        assertThat(approvals().uphold(issue.id(), THEN)).isEmpty();
        assertThat(approvals().withdraw(issue.id(), "ada", THEN)).isFalse();
        assertThat(state(issue)).isEqualTo(State.APPROVED);
    }
}
