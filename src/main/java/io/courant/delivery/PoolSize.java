package io.courant.delivery;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How many connections to have: one at first, then twice as many each time, unless mail goes slower for it. A
 * relay that is far away gets all that are allowed at once, because each of them mostly waits. A relay that wants fewer
 * gets fewer, and is asked again after a while. Time is handed in as {@link System#nanoTime}.
 */
final class PoolSize {
    private static final long WINDOW = Duration.ofMillis(100).toNanos();
    private static final long ASK_AGAIN = Duration.ofMinutes(1).toNanos();
    /** Fewer answers say little about speed. */
    private static final int ANSWERS = 10;
    /** Less than this part of the best rate is slower: more may be chance. */
    private static final double SLOWER = 0.9;
    /** One slow window may be chance, too. */
    private static final int PATIENCE = 3;

    private final int allowed;
    private final BooleanSupplier far;
    private int size = 1;
    private int most;
    private long askAgainAt;
    private long begunAt;
    private int answers;
    private int slowOnes;
    private double best;

    /**
     * @param allowed never more than these
     * @param far whether the relay is known to be far away
     */
    PoolSize(int allowed, BooleanSupplier far, long now) {
        this.allowed = allowed;
        this.most = allowed;
        this.far = far;
        this.begunAt = now;
    }

    /** So many there should be now. */
    int size(long now) {
        if (most < allowed && now - askAgainAt >= 0) {
            most++;
            askAgainAt = now + ASK_AGAIN;
            slowOnes = 0;
        }
        if (far.getAsBoolean()) {
            size = most;
        } else if (size < most && slowOnes < PATIENCE && answers >= ANSWERS && now - begunAt >= WINDOW) {
            weigh(now);
        }
        return size;
    }

    /** An answer came. */
    void answered() {
        answers++;
    }

    /** The relay turned a connection away while it kept others. */
    void turnedAway(long now) {
        most = Math.max(1, size - 1);
        size = most;
        askAgainAt = now + ASK_AGAIN;
    }

    private void weigh(long now) {
        double rate = answers / (double) (now - begunAt);
        if (rate >= best * SLOWER) {
            best = Math.max(best, rate);
            size = Math.min(most, size * 2);
            slowOnes = 0;
        } else {
            slowOnes++;
        }
        begunAt = now;
        answers = 0;
    }
}
