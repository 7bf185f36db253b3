package io.courant;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Deliveries;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Demand;
import io.courant.delivery.DomainGroups;
import io.courant.delivery.Lease;
import io.courant.delivery.SubscriberRange;
import io.courant.delivery.Ledger;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Remembers nothing but how many are left: what sending costs when a crash may lose everything. */
final class NoLedger implements Deliveries, Ledger {
    private static final Instant JOINED = Instant.parse("2026-01-15T09:00:00Z");

    private final int count;
    private int claimed;
    private long accepted;

    NoLedger(int count) {
        this.count = count;
    }

    @Override
    public List<Claim> claim(IssueId issue, Demand demand, Instant now) {
        List<Claim> claims = new ArrayList<>();
        while (claimed < count && claims.size() < demand.limit()) {
            claimed++;
            claims.add(new Claim(
                    claimed, "reader" + claimed + "@example.org", JOINED, "all", DomainGroups.OTHERS, DeliveryState.READY, 1, 0, 0, 0));
        }
        return claims;
    }

    @Override
    public void settle(IssueId issue, List<Settlement> settlements) {
        accepted += settlements.stream()
                .filter(one -> one.outcome().state() == DeliveryState.ACCEPTED)
                .count();
    }

    @Override
    public void markDots(IssueId issue, List<Claim> claims) {}

    @Override
    public void reconcile(IssueId issue, List<Settlement> settlements) {
        settle(issue, settlements);
    }

    @Override
    public void release(IssueId issue, Lease lease) {}

    @Override
    public Lease lease(IssueId issue, SubscriberRange range, String holder) {
        return Lease.OF_PROCESS;
    }

    @Override
    public int renew(Lease lease, long settled) {
        return 1;
    }

    @Override
    public void end(Lease lease) {}

    @Override
    public Map<DeliveryState, Long> counts(IssueId issue, SubscriberRange range) {
        return counts(issue);
    }

    @Override
    public List<SubscriberRange> parts(IssueId issue, int size) {
        return List.of(SubscriberRange.ALL);
    }

    @Override
    public List<Running> running() {
        return List.of();
    }

    @Override
    public boolean isRecipient(IssueId issue, long subscriber) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> openGroups(IssueId issue, SubscriberRange range) {
        return List.of(DomainGroups.OTHERS);
    }

    @Override
    public void clamp(IssueId issue, Instant latestDeferred, Instant latestInDoubt) {}

    @Override
    public int recover(IssueId issue, Instant now, Instant resendAt, int resends) {
        return 0;
    }

    @Override
    public int resend(IssueId issue, Instant now, int resends) {
        return 0;
    }

    @Override
    public int assumeSent(IssueId issue) {
        return 0;
    }

    @Override
    public int expire(IssueId issue, Instant deferredBefore) {
        return 0;
    }

    @Override
    public Map<DeliveryState, Long> counts(IssueId issue) {
        return Map.of(DeliveryState.ACCEPTED, accepted);
    }

    @Override
    public Optional<Instant> nextDue(IssueId issue) {
        return Optional.empty();
    }

    @Override
    public long scheduled(IssueId issue, Instant now) {
        return 0;
    }

    @Override
    public long inFlight(IssueId issue) {
        return 0;
    }

    @Override
    public Optional<Entry> find(IssueId issue, EmailAddress address) {
        return Optional.empty();
    }

    @Override
    public void forEach(IssueId issue, Consumer<Entry> reader) {}

    @Override
    public void forEach(IssueId issue, DeliveryState state, Consumer<Entry> reader) {}

    @Override
    public void forEachInDoubt(IssueId issue, Consumer<Entry> reader) {}
}
