package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.bounce.BounceEvent.Consequence;
import io.courant.bounce.BounceEvent.Trust;
import io.courant.bounce.Report.Kind;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BounceRulesTest {
    /** What is known, and what follows. */
    private record Row(Kind kind, String status, String feedback, int before, Consequence follows) {
        static Row of(Kind kind, String status, int before, Consequence follows) {
            return new Row(kind, status, "", before, follows);
        }

        static Row complaint(String feedback, Consequence follows) {
            return new Row(Kind.COMPLAINT, "", feedback, 0, follows);
        }
    }

    private static BounceEvent bounce(Kind kind, String status, String feedback, Trust trust) {
        return new BounceEvent(
                "weekly",
                "<1@mx>",
                0,
                7L,
                new IssueId("weekly-2026-11-23"),
                Instant.parse("2026-11-24T07:00:00Z"),
                new Report(null, kind, status, "550", feedback, "words"),
                trust);
    }

    @TestFactory
    Stream<DynamicTest> whatFollows() {
        return Stream.of(
                        Row.of(Kind.HARD, "5.1.1", 0, Consequence.SUPPRESSED),
                        Row.of(Kind.HARD, "5.1.10", 0, Consequence.SUPPRESSED),
                        Row.of(Kind.HARD, "5.1.2", 0, Consequence.COUNTED),
                        Row.of(Kind.HARD, "5.1.2", 1, Consequence.COUNTED),
                        Row.of(Kind.HARD, "5.1.2", 2, Consequence.SUPPRESSED),
                        Row.of(Kind.HARD, "5.0.911", 1, Consequence.COUNTED),
                        Row.of(Kind.HARD, "5.0.912", 2, Consequence.SUPPRESSED),
                        Row.of(Kind.HARD, "", 2, Consequence.SUPPRESSED),
                        Row.of(Kind.HARD, "2.1.5", 9, Consequence.NONE),
                        Row.of(Kind.HARD, "4.1.1", 9, Consequence.NONE),
                        Row.of(Kind.SOFT, "5.2.2", 9, Consequence.NONE),
                        Row.of(Kind.SOFT, "4.4.7", 9, Consequence.NONE),
                        Row.of(Kind.POLICY, "5.1.1", 9, Consequence.NONE),
                        Row.of(Kind.POLICY, "5.7.26", 9, Consequence.NONE),
                        Row.of(Kind.RELAY, "5.4.4", 9, Consequence.NONE),
                        Row.of(Kind.VACATION, "", 9, Consequence.NONE),
                        Row.of(Kind.UNKNOWN, "5.1.1", 9, Consequence.NONE),
                        Row.complaint("abuse", Consequence.SUPPRESSED),
                        Row.complaint("opt-out", Consequence.SUPPRESSED))
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    for (Trust trust : Trust.values()) {
                        assertThat(BounceRules.of(
                                        bounce(row.kind(), row.status(), row.feedback(), trust),
                                        row.before(),
                                        "ada@example.org"))
                                .as(trust.word())
                                .isEqualTo(trust.isProof() ? row.follows() : Consequence.NONE);
                    }
                }));
    }

    @Test
    void aReportAboutAnotherAddressIsCountedBecauseMailMayBePassedOn() {
        BounceEvent one = bounce(Kind.HARD, "5.1.1", "", Trust.SIGNED);
        for (String recipient : new String[] {"ADA@example.org", "someone@example.net"}) {
            Report report = new Report(recipient, Kind.HARD, "5.1.1", "550", "", "words");
            BounceEvent event = new BounceEvent(
                    one.newsletter(), "<2@mx>", 0, one.subscriber(), one.issue(), one.at(), report, Trust.SIGNED);
            assertThat(BounceRules.of(event, 0, "ada@example.org"))
                    .isEqualTo(recipient.startsWith("ADA") ? Consequence.SUPPRESSED : Consequence.COUNTED);
        }
    }

    @Test
    void nothingFollowsForNobody() {
        BounceEvent one = bounce(Kind.HARD, "5.1.1", "", Trust.SIGNED);
        assertThat(BounceRules.of(
                        new BounceEvent(one.newsletter(), "", 0, null, null, one.at(), one.report(), Trust.SIGNED),
                        9,
                        ""))
                .isEqualTo(Consequence.NONE);
    }

    @Test
    void theReasonSaysWhatHappenedAndToWhichIssue() {
        assertThat(BounceRules.reason(bounce(Kind.HARD, "5.1.1", "", Trust.SIGNED)))
                .isEqualTo("bounced: 5.1.1 (issue weekly-2026-11-23)");
        assertThat(BounceRules.reason(bounce(Kind.HARD, "5.1.2", "", Trust.SIGNED)))
                .isEqualTo("bounced in 3 issues, the last time: 5.1.2 (issue weekly-2026-11-23)");
        assertThat(BounceRules.reason(bounce(Kind.COMPLAINT, "", "abuse", Trust.SIGNED)))
                .isEqualTo("complaint (issue weekly-2026-11-23)");
    }
}
