package io.courant.report;

import io.courant.delivery.Deliveries;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import java.util.Optional;

/** Draws up reports from what the store remembers; asking changes nothing. */
public final class Reporter {
    private final FrozenIssues issues;
    private final Deliveries deliveries;

    public Reporter(FrozenIssues issues, Deliveries deliveries) {
        this.issues = issues;
        this.deliveries = deliveries;
    }

    /** The report of an issue, if there is one of this id. */
    public Optional<IssueReport> report(IssueId id) {
        return issues.find(id)
                .map(issue -> new IssueReport(
                        issue,
                        new Account(issue.candidates(), deliveries.counts(id)),
                        deliveries.nextDue(id).orElse(null)));
    }
}
