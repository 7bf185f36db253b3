package io.courant.delivery;

import java.time.Duration;

/**
 * What it takes to let an issue go out.
 *
 * @param approvers how many people must approve it: none, one or two
 * @param grace how long sending waits after that, so that it can still be called off
 */
public record Release(int approvers, Duration grace) {
    /** It goes out at once. */
    public static final Release FREE = new Release(0, Duration.ZERO);

    /** One person approves it, and it goes out at once. */
    public static final Release BY_ONE = new Release(1, Duration.ZERO);

    public Release {
        if (approvers < 0 || approvers > 2) {
            throw new IllegalArgumentException("none, one or two people approve an issue, not " + approvers);
        }
        if (grace.isNegative() || (approvers == 0 && !grace.isZero())) {
            throw new IllegalArgumentException("a grace period begins with an approval, and there is none");
        }
    }
}
