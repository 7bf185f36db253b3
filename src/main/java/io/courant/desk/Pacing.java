package io.courant.desk;

import io.courant.editor.ApiToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** How often a token may ask: {@value #MOST} times a minute. Counted in memory alone. */
final class Pacing {
    static final int MOST = 300;
    private static final Duration SPAN = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<Long, Count> counts = new HashMap<>();

    Pacing(InstantSource clock) {
        this.clock = clock;
    }

    private record Count(Instant since, int asked) {}

    /** Counts a request; says in how many seconds it may be made, 0 for now. */
    synchronized long wait(ApiToken token) {
        Instant now = clock.instant();
        counts.values().removeIf(count -> !now.isBefore(count.since().plus(SPAN)));
        Count count = counts.merge(
                token.id(), new Count(now, 1), (before, one) -> new Count(before.since(), before.asked() + 1));
        Duration left = Duration.between(now, count.since().plus(SPAN));
        return count.asked() <= MOST ? 0 : Math.max(1, left.toSeconds());
    }
}
