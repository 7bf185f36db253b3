package io.courant.delivery;

import java.time.Duration;
import java.util.List;

/**
 * When a deferred delivery is tried again, and when it is given up (RFC 5321 §4.5.4.1).
 *
 * @param delays after the first attempt, the second …; the last goes for all that follow
 * @param jitter by which part a delay may be longer or shorter, so that deferred mail does not come back all at once
 * @param expiry a delivery deferred for longer is given up
 */
public record RetryPolicy(List<Duration> delays, double jitter, Duration expiry) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            List.of(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(4)),
            0.2,
            Duration.ofDays(3));

    public RetryPolicy {
        delays = List.copyOf(delays);
        if (delays.isEmpty() || delays.stream().anyMatch(delay -> delay.isNegative() || delay.isZero())) {
            throw new IllegalArgumentException("retry needs at least one delay, each longer than 0, not " + delays);
        }
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("jitter must be at least 0 and less than 1, not " + jitter);
        }
        if (expiry.isNegative() || expiry.isZero()) {
            throw new IllegalArgumentException("expiry must be longer than 0, not " + expiry);
        }
    }

    /** No delay is longer. */
    Duration longest() {
        Duration longest = delays.stream().max(Duration::compareTo).orElseThrow();
        return Duration.ofMillis(Math.round(longest.toMillis() * (1 + jitter)));
    }

    /**
     * How long to wait after a deferral.
     *
     * @param deferrals how often it has been deferred, this time included
     * @param random from 0 (shortest) to 1 (longest)
     */
    public Duration delay(int deferrals, double random) {
        Duration delay = delays.get(Math.min(deferrals, delays.size()) - 1);
        return Duration.ofMillis(Math.round(delay.toMillis() * (1 + jitter * (2 * random - 1))));
    }
}
