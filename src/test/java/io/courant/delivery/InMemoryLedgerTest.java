package io.courant.delivery;

import io.courant.audience.Subscribers;
import io.courant.issue.IssueId;
import java.time.Instant;

/** The ledger that the tests of this package use keeps the same promises as a real one. */
class InMemoryLedgerTest implements DeliveriesContract, LedgerContract, FrozenIssuesContract {
    private final InMemoryLedger ledger = new InMemoryLedger();
    private long sections;

    @Override
    public Deliveries deliveries() {
        return ledger;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public FrozenIssues issues() {
        return ledger;
    }

    @Override
    public Subscribers subscribers() {
        return ledger.subscribers();
    }

    @Override
    public void approve(IssueId issue, Instant at) {
        ledger.approve(issue);
    }

    @Override
    public long section(String heading) {
        return ++sections;
    }
}
