package io.courant.delivery;

import java.time.Duration;
import java.util.List;

/**
 * Lets a relay that failed rest, longer each time, and then be asked with one connection. A run that is started anew
 * asks at once, because somebody has decided to; the rests go on from where they were. Time is handed in as
 * {@link System#nanoTime}.
 */
final class Breaker {
    private final List<Duration> rests;
    private int failures;
    private long restsUntil;
    private boolean resting;
    private boolean proven;

    /**
     * @param rests after the first failure, the second …; the last goes for all that follow
     * @param failures in a row before
     */
    Breaker(List<Duration> rests, int failures) {
        this.rests = rests;
        this.failures = failures;
    }

    /** The relay failed: how long it rests. */
    Duration trip(long now) {
        Duration rest = rests.get(Math.min(failures, rests.size() - 1));
        failures++;
        restsUntil = now + rest.toNanos();
        resting = true;
        proven = false;
        return rest;
    }

    /** The relay served. */
    void close() {
        failures = 0;
        resting = false;
        proven = true;
    }

    /** Whether it may be asked now. */
    boolean isClosed(long now) {
        return !resting || now - restsUntil >= 0;
    }

    /** Whether it has served in this run since it last failed; until then one connection is enough to find out. */
    boolean isProven() {
        return proven;
    }

    /** How long it still rests. */
    Duration remaining(long now) {
        return isClosed(now) ? Duration.ZERO : Duration.ofNanos(restsUntil - now);
    }

    /** Failures in a row. */
    int failures() {
        return failures;
    }
}
