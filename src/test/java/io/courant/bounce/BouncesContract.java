package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Subscriber;
import io.courant.bounce.BounceEvent.Consequence;
import io.courant.bounce.BounceEvent.Trust;
import io.courant.bounce.Bounces.Choice;
import io.courant.bounce.Bounces.Count;
import io.courant.bounce.Bounces.Kept;
import io.courant.bounce.Bounces.Refusal;
import io.courant.bounce.Report.Kind;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Demand;
import io.courant.delivery.LedgerFixture;
import io.courant.delivery.Outcome;
import io.courant.delivery.Phase;
import io.courant.delivery.Reply;
import io.courant.delivery.Samples;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What keeps what came back, keeps these promises. */
public interface BouncesContract extends LedgerFixture {
    Instant AT = Instant.parse("2026-11-23T07:00:00Z");
    String NEWSLETTER = "deep-learning";
    Choice ALL = new Choice(null, null);

    Bounces bounces();

    private IssueId freeze(String day) {
        Issue issue = Samples.issue(NEWSLETTER + "-" + day, section("Section of " + day));
        Samples.freeze(issues(), issue);
        return issue.id();
    }

    private static BounceEvent bounce(
            String message, @Nullable Long subscriber, @Nullable IssueId issue, String status, Trust trust) {
        Report report = new Report(null, Kind.HARD, status, "550", "", "550 " + status + " no");
        return new BounceEvent(NEWSLETTER, message, 0, subscriber, issue, AT, report, trust);
    }

    private Consequence keep(BounceEvent bounce) {
        return bounces().keep(List.of(bounce)).get(0).consequence();
    }

    @Test
    default void whatIsKeptIsReadAsItWas() {
        Subscriber ada = subscriber("Ada@Example.org");
        IssueId issue = freeze("2026-11-23");
        BounceEvent complaint = new BounceEvent(
                NEWSLETTER,
                "<1@mx>",
                3,
                ada.id(),
                issue,
                AT,
                new Report(null, Kind.COMPLAINT, "", "", "abuse", "Feedback-Type: abuse"),
                Trust.SIGNED);
        BounceEvent stranger = bounce("<2@mx>", null, null, "5.1.1", Trust.UNSIGNED);
        bounces().keep(List.of(complaint, stranger));
        assertThat(bounces().latest(ALL, 9))
                .containsExactly(
                        new Kept(stranger, null, Consequence.NONE),
                        new Kept(complaint, "Ada@Example.org", Consequence.SUPPRESSED));
        assertThat(subscribers().suppression(ada.address())).hasValue("complaint (issue " + issue + ")");
    }

    @Test
    default void aNulInAMailThatCameBackDoesNoHarm() {
        Report report = new Report(null, Kind.HARD, "5.1.2", "550", "a\0b", "c\0d");
        bounces().keep(List.of(new BounceEvent(NEWSLETTER, "<0\0@mx>", 0, null, null, AT, report, Trust.UNSIGNED)));
        assertThat(bounces().latest(ALL, 9))
                .extracting(kept -> kept.bounce().message())
                .containsExactly("<0@mx>");
    }

    @Test
    default void anEventIsKeptOnce() {
        Subscriber ada = subscriber("ada@example.org");
        IssueId issue = freeze("2026-11-23");
        BounceEvent one = bounce("<1@mx>", ada.id(), issue, "5.1.2", Trust.SIGNED);
        BounceEvent second = new BounceEvent(NEWSLETTER, "<1@mx>", 1, ada.id(), issue, AT, one.report(), Trust.SIGNED);
        assertThat(bounces().keep(List.of(one))).hasSize(1);
        assertThat(bounces().keep(List.of(one, second)))
                .extracting(Kept::bounce)
                .containsExactly(second);
        assertThat(bounces().latest(ALL, 9)).hasSize(2);
    }

    @Test
    default void eventsOfOneIssueCountOnceTowardsTheThreeAndProofAloneCounts() {
        Subscriber ada = subscriber("ada@example.org");
        Subscriber bob = subscriber("bob@example.org");
        IssueId first = freeze("2026-11-23");
        IssueId second = freeze("2026-11-24");
        IssueId third = freeze("2026-11-25");
        assertThat(keep(bounce("<1@mx>", ada.id(), first, "5.1.2", Trust.SIGNED)))
                .isEqualTo(Consequence.COUNTED);
        assertThat(keep(bounce("<2@mx>", ada.id(), first, "5.1.2", Trust.SMTP))).isEqualTo(Consequence.COUNTED);
        assertThat(keep(bounce("<3@mx>", ada.id(), first, "5.1.2", Trust.SIGNED)))
                .isEqualTo(Consequence.COUNTED);
        assertThat(keep(bounce("<4@mx>", ada.id(), second, "5.1.2", Trust.FORGED)))
                .isEqualTo(Consequence.NONE);
        assertThat(keep(bounce("<5@mx>", bob.id(), second, "5.1.2", Trust.SIGNED)))
                .isEqualTo(Consequence.COUNTED);
        assertThat(keep(bounce("<6@mx>", ada.id(), third, "5.1.2", Trust.SIGNED)))
                .as("the second issue that is proved")
                .isEqualTo(Consequence.COUNTED);
        assertThat(subscribers().suppression(ada.address())).isEmpty();
        assertThat(keep(bounce("<7@mx>", ada.id(), second, "5.1.2", Trust.SMTP)))
                .isEqualTo(Consequence.SUPPRESSED);
        assertThat(subscribers().suppression(ada.address()))
                .hasValue("bounced in 3 issues, the last time: 5.1.2 (issue " + second + ")");
        assertThat(subscribers().suppression(bob.address())).isEmpty();
    }

    @Test
    default void whoIsSuppressedIsSuppressedOnce() {
        Subscriber ada = subscriber("ada@example.org");
        subscribers().suppress(ada.address(), "asked for by an editor", AT);
        IssueId issue = freeze("2026-11-23");
        assertThat(keep(bounce("<1@mx>", ada.id(), issue, "5.1.1", Trust.SIGNED)))
                .isEqualTo(Consequence.ALREADY);
        assertThat(subscribers().suppression(ada.address())).hasValue("asked for by an editor");
    }

    @Test
    default void eventsAreCountedByKindTrustAndConsequence() {
        Subscriber ada = subscriber("ada@example.org");
        IssueId issue = freeze("2026-11-23");
        bounces()
                .keep(List.of(
                        bounce("<1@mx>", ada.id(), issue, "5.1.2", Trust.SIGNED),
                        bounce("<2@mx>", null, null, "5.1.2", Trust.UNSIGNED),
                        bounce("<3@mx>", null, null, "5.1.2", Trust.UNSIGNED)));
        Report report = new Report(null, Kind.SOFT, "", "", "", "");
        bounces()
                .keep(List.of(new BounceEvent(
                        "other", "<1@mx>", 0, null, null, AT.plus(Duration.ofDays(1)), report, Trust.UNSIGNED)));
        Count unsigned = new Count(Kind.HARD, Trust.UNSIGNED, Consequence.NONE, 2);
        Count signed = new Count(Kind.HARD, Trust.SIGNED, Consequence.COUNTED, 1);
        Count soft = new Count(Kind.SOFT, Trust.UNSIGNED, Consequence.NONE, 1);
        assertThat(bounces().counts(ALL)).containsExactly(unsigned, signed, soft);
        assertThat(bounces().counts(new Choice(NEWSLETTER, null))).containsExactly(unsigned, signed);
        assertThat(bounces().counts(new Choice(null, AT.plusMillis(1)))).containsExactly(soft);
        assertThat(bounces().counts(new Choice(NEWSLETTER, AT.plusMillis(1)))).isEmpty();
        assertThat(bounces().latest(ALL, 1))
                .extracting(kept -> kept.bounce().newsletter())
                .containsExactly("other");
        assertThat(bounces().of(issue)).isEqualTo(Map.of(Kind.HARD, 1L));
        assertThat(bounces().of(new IssueId("other-2026-11-23"))).isEmpty();
    }

    private void settle(IssueId issue, Outcome outcome) {
        Claim claim = deliveries().claim(issue, Demand.of(1), AT).get(0);
        deliveries().settle(issue, List.of(claim.settled(outcome, AT, AT)));
    }

    @Test
    default void refusalsAreThoseOfTheLedgerThatNoEventTellsOf() {
        Subscriber ada = subscriber("ada@example.org");
        Subscriber bob = subscriber("bob@example.org");
        subscriber("eve@example.org");
        subscriber("kim@example.org");
        IssueId issue = freeze("2026-11-23");
        settle(issue, new Outcome.Deferred(Phase.RCPT, new Reply(450, "4.2.0 greylisted")));
        settle(issue, new Outcome.Rejected(Phase.RCPT, new Reply(550, "5.1.1 unknown")));
        settle(issue, new Outcome.Rejected(Phase.DOT, new Reply(554, "5.7.1 spam")));
        settle(issue, new Outcome.Rejected(Phase.MAIL, new Reply(552, "too large")));
        List<Refusal> refusals = bounces().refusals(NEWSLETTER, 9);
        assertThat(refusals).hasSize(2);
        Refusal first = refusals.get(0);
        assertThat(first.subscriber()).isIn(ada.id(), bob.id());
        assertThat(first.reply()).isEqualTo("550 5.1.1 unknown");
        assertThat(bounces().refusals(NEWSLETTER, 1)).containsExactly(first);
        assertThat(bounces().refusals("other", 9)).isEmpty();
        bounces().keep(List.of(bounce(first.identity(), first.subscriber(), issue, "5.1.1", Trust.SMTP)));
        assertThat(bounces().refusals(NEWSLETTER, 9)).containsExactly(refusals.get(1));
    }
}
