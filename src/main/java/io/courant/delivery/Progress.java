package io.courant.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How far an issue has got.
 *
 * @param counts how its deliveries stand, earlier runs included, by the run's own book-keeping
 * @param perSecond answers of the relays a second, lately
 * @param order what the run was told to do
 */
public record Progress(Map<DeliveryState, Long> counts, double perSecond, Conductor.Order order) {
    public Progress {
        counts = Map.copyOf(counts);
    }

    /** Deliveries in a state. */
    public long of(DeliveryState state) {
        return counts.getOrDefault(state, 0L);
    }

    /** Deliveries that were meant to be sent at all. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum() - of(DeliveryState.SUPPRESSED);
    }

    /** Deliveries with which nothing is left to do in this run. */
    public long done() {
        return total() - of(DeliveryState.READY) - of(DeliveryState.SENDING);
    }

    /** The time until this run has nothing left to do, if it goes on at this rate. */
    public Optional<Duration> remaining() {
        long left = total() - done();
        return perSecond > 0 && order == Conductor.Order.GO
                ? Optional.of(Duration.ofMillis(Math.round(left * 1000 / perSecond)))
                : Optional.empty();
    }
}
