package io.courant.delivery;

import java.time.Duration;

/**
 * Spreads messages evenly over time: a bucket that fills with the pace and holds what a second brings. Time is handed
 * in as {@link System#nanoTime}, which no change of the clock disturbs.
 */
final class TokenBucket {
    private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

    private final double perNano;
    private final double size;
    private double tokens;
    private long filledAt;

    TokenBucket(int perMinute, long now) {
        this.perNano = perMinute / NANOS_PER_MINUTE;
        this.size = Math.max(1, perMinute / 60.0);
        this.tokens = 1;
        this.filledAt = now;
    }

    /** Takes a token if there is one. */
    boolean take(long now) {
        if (perNano == 0) {
            return true;
        }
        tokens = Math.min(size, tokens + (now - filledAt) * perNano);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** How long until there is a token. */
    Duration untilNext(long now) {
        double missing = 1 - tokens - (now - filledAt) * perNano;
        return perNano == 0 || missing <= 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(missing / perNano));
    }
}
