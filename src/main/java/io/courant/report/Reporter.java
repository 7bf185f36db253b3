package io.courant.report;

import io.courant.bounce.Bounces;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Ledger;
import io.courant.issue.IssueId;
import java.time.InstantSource;
import java.util.Optional;

/** Draws up reports from what the store remembers; asking changes nothing. */
public final class Reporter {
    private final FrozenIssues issues;
    private final Ledger ledger;
    private final Bounces bounces;
    private final InstantSource clock;

    public Reporter(FrozenIssues issues, Ledger ledger, Bounces bounces, InstantSource clock) {
        this.issues = issues;
        this.ledger = ledger;
        this.bounces = bounces;
        this.clock = clock;
    }

    /** The report of an issue, if there is one of this id. */
    public Optional<IssueReport> report(IssueId id) {
        return issues.headline(id)
                .map(issue -> new IssueReport(
                        issue,
                        new Account(issue.candidates(), ledger.counts(id)),
                        ledger.scheduled(id, clock.instant()),
                        ledger.nextDue(id).orElse(null),
                        bounces.of(id)));
    }
}
