package io.courant.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * The shortest time in which a relay answered a command, over all connections to it: near enough what the network
 * takes for the way there and back, for a relay under load answers late but a quick answer proves that it is near.
 */
final class RoundTrip {
    private static final long LONG = Duration.ofMillis(1).toNanos();

    private final LongAccumulator shortest = new LongAccumulator(Math::min, Long.MAX_VALUE);

    /** Takes note of an answer that came after so many nanoseconds. */
    void measured(long nanos) {
        shortest.accumulate(nanos);
    }

    /** Whether waiting for the relay costs more than handing it a message. */
    boolean isLong() {
        long nanos = shortest.get();
        return nanos > LONG && nanos != Long.MAX_VALUE;
    }
}
