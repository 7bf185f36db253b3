package io.courant.delivery;

import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Deliveries.Settlement;
import io.courant.delivery.Flows.Flow;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ledger of one issue as a run writes it, with what becomes of a settlement that the ledger does not take. */
final class Book {
    private static final Duration KEEP_EVERY = Duration.ofSeconds(1);

    private final IssueId issue;
    private final SubscriberRange range;
    private final String holder;
    private final Deliveries deliveries;
    private final Flows flows;
    private final Journal journal;
    private final InstantSource clock;
    private final List<Settlement> rescued = new ArrayList<>();
    private final Map<String, Integer> knownFailures = new HashMap<>();
    private Map<String, Flow> knownPaces = Map.of();
    private Lease lease = Lease.OF_PROCESS;
    private long keptAt = System.nanoTime();
    private long settled;

    Book(
            IssueId issue,
            SubscriberRange range,
            String holder,
            Deliveries deliveries,
            Flows flows,
            Journal journal,
            InstantSource clock) {
        this.issue = issue;
        this.range = range;
        this.holder = holder;
        this.deliveries = deliveries;
        this.flows = flows;
        this.journal = journal;
        this.clock = clock;
    }

    /** Makes good what an earlier run could not write, and sees that this one could write so much aside. */
    void open(int claims) {
        journal.settleInto(deliveries);
        journal.reserve(claims);
        lease = deliveries.lease(issue, range, holder);
        knownPaces = flows.paces();
        knownFailures.putAll(flows.failures());
    }

    Map<String, Flow> paces() {
        return knownPaces;
    }

    int failures(Route route) {
        return knownFailures.getOrDefault(route.key(), 0);
    }

    /** The right to what is claimed. */
    Lease lease() {
        return lease;
    }

    void settle(List<Settlement> settlements) {
        deliveries.settle(issue, settlements);
        settled += settlements.size();
    }

    List<Claim> settleAndClaim(List<Settlement> settlements, Demand demand) {
        List<Claim> claims = deliveries.settleAndClaim(issue, settlements, demand, clock.instant());
        settled += settlements.size();
        return claims;
    }

    void markDots(List<Claim> claims) {
        deliveries.markDots(issue, claims);
    }

    /** Keeps aside what the ledger did not take; the list is empty afterwards. */
    void rescue(List<Settlement> unsettled) {
        if (!unsettled.isEmpty()) {
            journal.keep(issue, unsettled);
            rescued.addAll(unsettled);
            unsettled.clear();
        }
    }

    /** Tries once more; if that fails, too, the next run will. Nothing is with a relay any more. */
    void settleRescued() {
        deliveries.reconcile(issue, rescued);
        deliveries.release(issue, lease); // claimed in the commit that failed
        journal.settleInto(deliveries); // also what another run of this process kept
        deliveries.end(lease);
    }

    /** Gives the lease back. */
    void close() {
        deliveries.end(lease);
    }

    /** Remembers paces and failures and renews the lease, when the last time is a while ago. */
    void keepNowAndThen(Lanes lanes, GroupPaces paces) {
        if (System.nanoTime() - keptAt >= KEEP_EVERY.toNanos()) {
            long now = System.nanoTime();
            int runs = deliveries.renew(lease, settled);
            lanes.share(runs, now);
            paces.share(runs, flows.paces(), now);
            keep(lanes, paces);
        }
    }

    /** Remembers paces and failures for the next run. */
    void keep(Lanes lanes, GroupPaces paces) {
        Instant now = clock.instant();
        long nanos = System.nanoTime();
        Map<String, Flow> limited = new HashMap<>(lanes.flows(now, nanos));
        limited.putAll(paces.flows(now, nanos));
        if (!limited.isEmpty()) {
            flows.keepPaces(limited);
        }
        lanes.failures().forEach((relay, failures) -> {
            if (!failures.equals(knownFailures.getOrDefault(relay, 0))) {
                flows.keepFailures(relay, failures, now);
                knownFailures.put(relay, failures);
            }
        });
        keptAt = nanos;
    }
}
