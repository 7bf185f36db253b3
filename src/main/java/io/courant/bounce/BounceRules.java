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
     * <p>A report about another address bears our token where mail is passed on, to a list or to a new address. That
     * alone does not show that nobody is there.
     *
     * @param before how many other issues of the last year have come back from the same subscriber for lasting reasons
     * @param address the subscriber's
     */
    public static Consequence of(BounceEvent bounce, int before, String address) {
        Report report = bounce.report();
        if (!bounce.trust().isProof() || bounce.subscriber() == null) {
            return Consequence.NONE;
        }
        return switch (report.kind()) {
            case HARD -> hard(report, before, address);
            case COMPLAINT -> Consequence.SUPPRESSED;
            case SOFT, POLICY, RELAY, VACATION, UNKNOWN -> Consequence.NONE;
        };
    }

    private static Consequence hard(Report report, int before, String address) {
        if (!report.status().isEmpty() && !report.status().startsWith("5.")) {
            return Consequence.NONE; // a success or a delay, whatever its words say
        }
        String recipient = report.recipient();
        boolean about = recipient == null || recipient.isEmpty() || recipient.equalsIgnoreCase(address);
        return (NOBODY_THERE.contains(report.status()) && about) || before + 1 >= ISSUES
                ? Consequence.SUPPRESSED
                : Consequence.COUNTED;
    }

    /** Why the address is suppressed, as whoever looks it up reads it. */
    public static String reason(BounceEvent bounce) {
        Report report = bounce.report();
        String why = report.kind() == Report.Kind.COMPLAINT
                ? "complaint"
                : NOBODY_THERE.contains(report.status())
                        ? "bounced: " + report.status()
                        : "bounced in " + ISSUES + " issues, the last time: " + report.status();
        return bounce.issue() == null ? why : why + " (issue " + bounce.issue() + ")";
    }
}
