package io.courant.report;

import io.courant.bounce.Bounces;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.delivery.Ledger;
import io.courant.issue.IssueId;
import java.time.Instant;
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
        return issues.headline(id).map(this::report);
    }

    private IssueReport report(Headline issue) {
        Account account = new Account(issue.candidates(), ledger.counts(issue.id()));
        Instant now = clock.instant();
        Optional<Instant> begin = issue.waitsUntil(now);
        return new IssueReport(
                issue,
                account,
                begin.isPresent() ? account.of(DeliveryState.READY) : ledger.scheduled(issue.id(), now),
                begin.or(() -> ledger.nextDue(issue.id())).orElse(null),
                begin.isPresent(),
                bounces.of(issue.id()));
    }
}
