package io.courant.delivery;

import io.courant.delivery.Conductor.Order;
import io.courant.delivery.Deliveries.Claim;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts along with a run, because counting a million rows each second would slow it down, and tells the conductor.
 * Whoever is cancelled while the run goes on is counted as ready until its end.
 */
final class Reporting {
    private static final Duration EVERY = Duration.ofMillis(200);
    /** The rate shown is that of the last seconds. */
    private static final Duration LATELY = Duration.ofSeconds(5);

    private final Conductor conductor;
    private final EnumMap<DeliveryState, Long> counts;
    private final EnumMap<DeliveryState, Long> done = new EnumMap<>(DeliveryState.class);
    private long answers;
    private long answersAtMark;
    private long markedAt = System.nanoTime();
    private long shownAt = markedAt - EVERY.toNanos();
    private double rate;

    Reporting(Conductor conductor, Map<DeliveryState, Long> before) {
        this.conductor = conductor;
        this.counts = new EnumMap<>(DeliveryState.class);
        counts.putAll(before);
    }

    void claimed(Collection<Claim> claims) {
        claims.forEach(claim -> move(claim.from(), DeliveryState.SENDING));
    }

    /** These are ready again. */
    void returned(Collection<Claim> claims) {
        claims.forEach(claim -> move(DeliveryState.SENDING, DeliveryState.READY));
    }

    void settled(DeliveryState state) {
        move(DeliveryState.SENDING, state);
        done.merge(state, 1L, Long::sum);
        answers++;
    }

    /** How many deliveries this run has brought into a state. */
    long done(DeliveryState state) {
        return done.getOrDefault(state, 0L);
    }

    /** Tells the conductor, when the last time is a while ago. */
    void show(Order order) {
        if (System.nanoTime() - shownAt >= EVERY.toNanos()) {
            tell(order);
        }
    }

    /** Tells the conductor how the run ended. */
    void showLast() {
        tell(Order.STOP);
    }

    private void tell(Order order) {
        long now = System.nanoTime();
        long sinceMark = now - markedAt;
        double lately = (answers - answersAtMark) / (Math.max(1, sinceMark) / 1e9);
        if (sinceMark >= LATELY.toNanos()) {
            rate = lately;
            markedAt = now;
            answersAtMark = answers;
        }
        shownAt = now;
        conductor.progressed(new Progress(counts, rate == 0 ? lately : rate, order));
    }

    private void move(DeliveryState from, DeliveryState to) {
        counts.merge(from, -1L, Long::sum);
        counts.merge(to, 1L, Long::sum);
    }
}
