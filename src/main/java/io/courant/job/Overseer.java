package io.courant.job;

import io.courant.delivery.Conductor.Order;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Ledger;
import io.courant.delivery.Progress;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.util.Map;
import org.springframework.batch.core.step.StepExecution;

/** Watches a send that others do: tells whoever waits for it how far it has got, and the others when to end. */
final class Overseer {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Parts parts;
    private final Ledger ledger;
    private final Onlooker onlooker;
    private long lookedAt = System.nanoTime() - EVERY.toNanos();
    private long pause = EVERY.toNanos();
    private long ended = -1;

    Overseer(Parts parts, Ledger ledger, Onlooker onlooker) {
        this.parts = parts;
        this.ledger = ledger;
        this.onlooker = onlooker;
    }

    /** Looks at a send again; what costs much is left out when it was done lately. */
    void look(StepExecution deliver) {
        Order order = onlooker.order();
        if (order == Order.STOP) {
            parts.stop(deliver);
        }
        long now = System.nanoTime();
        if (now - lookedAt >= pause) {
            Map<DeliveryState, Long> counts = ledger.counts(new IssueId(new Run(deliver.getJobExecution()).issue()));
            long over = counts.entrySet().stream()
                    .filter(entry -> entry.getKey() != DeliveryState.READY && entry.getKey() != DeliveryState.SENDING)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            double rate = ended < 0 ? 0 : (over - ended) / ((now - lookedAt) / 1e9);
            onlooker.progressed(new Progress(counts, rate, order));
            ended = over;
            lookedAt = now;
            pause = Math.max(EVERY.toNanos(), 20 * (System.nanoTime() - now)); // many rows take long to count
        }
    }
}
