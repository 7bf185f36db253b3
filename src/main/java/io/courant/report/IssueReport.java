package io.courant.report;

import io.courant.bounce.Report;
import io.courant.delivery.Headline;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An issue and what became of it.
 *
 * @param nextDue when a delivery that was deferred or is in doubt is sent again, if one waits for a time
 * @param cameBack how many reports of its mail came back after a relay had taken it, by kind
 */
public record IssueReport(
        Headline issue, Account deliveries, @Nullable Instant nextDue, Map<Report.Kind, Long> cameBack) {
    public IssueReport {
        cameBack = Map.copyOf(cameBack);
    }
}
