package io.courant.report;

import io.courant.delivery.Headline;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An issue and what became of it.
 *
 * @param nextDue when a delivery that was deferred or is in doubt is sent again, if one waits for a time
 */
public record IssueReport(
        Headline issue, Account deliveries, @Nullable Instant nextDue) {}
