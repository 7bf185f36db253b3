package io.courant.job;

import io.courant.delivery.Courier;
import io.courant.delivery.Deliveries;
import io.courant.delivery.Flows;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Journal;
import io.courant.delivery.Ledger;
import io.courant.issue.IssueId;
import java.time.InstantSource;

/** The courier of each issue: with the relays and the rules of its newsletter as they are now. */
record Couriers(
        JobFolder jobs,
        FrozenIssues issues,
        Deliveries deliveries,
        Ledger ledger,
        Flows flows,
        Journal journal,
        InstantSource clock) {

    Courier of(IssueId id) {
        return new Courier(deliveries, ledger, flows, journal, job(id).transport(), clock);
    }

    FrozenIssue issue(IssueId id) {
        return issues.find(id).orElseThrow(() -> new IllegalArgumentException("no issue '" + id + "'"));
    }

    JobFile job(IssueId id) {
        return jobs.load(issues.headline(id).orElseThrow().newsletter());
    }
}
