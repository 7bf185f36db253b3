package io.courant.bounce;

import io.courant.bounce.BounceEvent.Consequence;
import java.util.Set;

/** What follows from an event for the address that it is about. */
public final class BounceRules {
    /** RFC 3463 §3.2 and RFC 7505 §4.2: there is no such mailbox, or the domain takes no mail at all. */
    private static final Set<String> NOBODY_THERE = Set.of("5.1.1", "5.1.10");

    /** How many issues must come back for other lasting reasons. */
    private static final int ISSUES = 3;

    private BounceRules() {}

    /**
     * What follows.
     *
     * @param before how many other issues have come back from the same subscriber for lasting reasons
     */
    public static Consequence of(BounceEvent bounce, int before) {
        Report report = bounce.report();
        if (!bounce.trust().isProof() || bounce.subscriber() == null) {
            return Consequence.NONE;
        }
        return switch (report.kind()) {
            case HARD -> hard(report.status(), before);
            case COMPLAINT -> Consequence.SUPPRESSED;
            case SOFT, POLICY, RELAY, VACATION, UNKNOWN -> Consequence.NONE;
        };
    }

    private static Consequence hard(String status, int before) {
        if (status.startsWith("2.")) {
            return Consequence.NONE; // a success, whoever called it a bounce
        }
        return NOBODY_THERE.contains(status) || before + 1 >= ISSUES ? Consequence.SUPPRESSED : Consequence.COUNTED;
    }

    /** Why the address is suppressed, as whoever looks it up reads it. */
    public static String reason(BounceEvent bounce) {
        Report report = bounce.report();
        String why = report.kind() == Report.Kind.COMPLAINT
                ? "complaint"
                : "bounced: " + (report.status().isEmpty() ? "three issues" : report.status());
        return bounce.issue() == null ? why : why + " (issue " + bounce.issue() + ")";
    }
}
