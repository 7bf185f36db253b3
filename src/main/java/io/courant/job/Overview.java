package io.courant.job;

import io.courant.delivery.Conductor.Order;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Ledger;
import io.courant.delivery.Progress;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.util.Map;

/** Tells whoever watches a send that is done in parts how far the whole has got. Safe for use by several threads. */
final class Overview {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final IssueId issue;
    private final Ledger ledger;
    private final Onlooker onlooker;
    private long lookedAt = System.nanoTime() - EVERY.toNanos();
    private long pause = EVERY.toNanos();
    private long ended = -1;

    Overview(IssueId issue, Ledger ledger, Onlooker onlooker) {
        this.issue = issue;
        this.ledger = ledger;
        this.onlooker = onlooker;
    }

    /** Looks again, unless it was done lately: many rows take long to count. */
    synchronized void look(Order order) {
        long now = System.nanoTime();
        if (now - lookedAt >= pause) {
            Map<DeliveryState, Long> counts = ledger.counts(issue);
            long over = counts.entrySet().stream()
                    .filter(entry -> entry.getKey() != DeliveryState.READY && entry.getKey() != DeliveryState.SENDING)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            double rate = ended < 0 ? 0 : (over - ended) / ((now - lookedAt) / 1e9);
            onlooker.progressed(new Progress(counts, rate, order));
            ended = over;
            lookedAt = now;
            pause = Math.max(EVERY.toNanos(), 20 * (System.nanoTime() - now));
        }
    }
}
