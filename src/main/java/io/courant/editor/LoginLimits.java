package io.courant.editor;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait after logins that failed: not at all after a few, then twice as long after each.
 *
 * @param free so many failures cost nothing
 * @param first the wait after one more
 * @param longest no wait is longer, so that nobody can be shut out for good by others who try their name
 * @param forgottenAfter without a failure
 */
public record LoginLimits(int free, Duration first, Duration longest, Duration forgottenAfter) {
    /** For one name, from wherever. */
    static final LoginLimits OF_NAME =
            new LoginLimits(5, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofDays(1));

    /** For one network, whatever the name: an office may share it. */
    static final LoginLimits OF_BLOCK =
            new LoginLimits(20, Duration.ofSeconds(2), Duration.ofHours(1), Duration.ofDays(1));

    private static final int MOST_DOUBLINGS = 30;

    /** How long it is until the next may be tried; zero: now. */
    public Duration remaining(int failures, Instant last, Instant now) {
        Duration left = Duration.between(now, last.plus(wait(failures)));
        if (left.isNegative() || isForgotten(last, now)) {
            return Duration.ZERO;
        }
        return left.compareTo(longest) > 0 ? longest : left; // a clock that was set back must not lock anybody out
    }

    /** Whether failures count no longer. */
    public boolean isForgotten(Instant last, Instant now) {
        return !now.isBefore(last.plus(forgottenAfter));
    }

    private Duration wait(int failures) {
        int beyond = failures - free;
        if (beyond <= 0) {
            return Duration.ZERO;
        }
        Duration wait = first.multipliedBy(1L << Math.min(beyond - 1, MOST_DOUBLINGS));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
