package io.courant.delivery;

import io.courant.audience.EmailAddress;
import java.time.Duration;
import java.util.Set;

/**
 * Which of an issue's deliveries a run is about.
 *
 * @param limit so many messages at most
 * @param only these addresses, whether they are due or not; empty: everybody who is due
 * @param patience so long it goes on when all that is left has to wait for a pace; then others may have its place
 */
public record Scope(long limit, Set<EmailAddress> only, Duration patience) {
    private static final Duration ENDLESS = Duration.ofDays(10_000);

    /** All that is due. */
    public static final Scope ALL_DUE = new Scope(Long.MAX_VALUE, Set.of());

    /** A run that waits for paces as long as they need. */
    public Scope(long limit, Set<EmailAddress> only) {
        this(limit, only, ENDLESS);
    }

    /** All that is due, for as long as it does not have to wait for paces alone. */
    public static Scope allDue(Duration patience) {
        return new Scope(Long.MAX_VALUE, Set.of(), patience);
    }

    public Scope {
        only = Set.copyOf(only);
        if (limit < 1) {
            throw new IllegalArgumentException("a run sends at least 1 message, not " + limit);
        }
    }
}
