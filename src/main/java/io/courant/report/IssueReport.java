package io.courant.report;

import io.courant.bounce.Report;
import io.courant.delivery.Headline;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An issue and what became of it.
 *
 * @param scheduled how many of the ready deliveries wait for an hour that their readers, or its approvers, chose
 * @param nextDue when the next delivery is sent that waits for a time, if one does
 * @param waiting whether sending does not begin before {@code nextDue}
 * @param cameBack how many reports of its mail came back after a relay had taken it, by kind
 */
public record IssueReport(
        Headline issue,
        Account deliveries,
        long scheduled,
        @Nullable Instant nextDue,
        boolean waiting,
        Map<Report.Kind, Long> cameBack) {
    public IssueReport {
        cameBack = Map.copyOf(cameBack);
    }

    /** Whether all that is still to be sent waits for its hour. */
    public boolean isOnTime() {
        return deliveries.open() == scheduled;
    }
}
