package io.courant.delivery;

import java.time.Duration;

/**
 * Spreads messages evenly over time: a bucket that fills with the pace and holds what a second brings. Time is handed
 * in as {@link System#nanoTime}, which no change of the clock disturbs.
 */
final class TokenBucket {
    private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

    /** A token that is short of whole by no more than arithmetic is whole. */
    private static final double ROUNDING = 1e-9;

    private double perMinute;
    private double tokens;
    private long filledAt;

    /**
     * @param perMinute {@link Double#POSITIVE_INFINITY}: no limit
     * @param tokens that it holds now
     */
    TokenBucket(double perMinute, double tokens, long now) {
        this.perMinute = perMinute;
        this.tokens = tokens;
        this.filledAt = now;
        fill(now);
    }

    boolean isLimited() {
        return perMinute != Double.POSITIVE_INFINITY;
    }

    /** Changes the pace from now on. */
    void change(double newPerMinute, long now) {
        fill(now);
        if (!isLimited()) {
            tokens = 0; // what could have gone at any speed has gone
        }
        perMinute = newPerMinute;
        tokens = Math.min(tokens, size());
    }

    /** So many messages may go now. */
    int available(long now) {
        if (!isLimited()) {
            return Integer.MAX_VALUE;
        }
        fill(now);
        return (int) (tokens + ROUNDING);
    }

    /** So many messages go now. */
    void take(int messages) {
        if (isLimited()) {
            tokens -= messages;
        }
    }

    double tokens(long now) {
        fill(now);
        return tokens;
    }

    /** How long until there is a token. */
    Duration untilNext(long now) {
        if (available(now) > 0) {
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((1 - tokens) / perMinute * NANOS_PER_MINUTE));
    }

    private void fill(long now) {
        if (isLimited()) {
            tokens = Math.min(size(), tokens + (now - filledAt) / NANOS_PER_MINUTE * perMinute);
        }
        filledAt = now;
    }

    private double size() {
        return Math.max(1, perMinute / 60);
    }
}
