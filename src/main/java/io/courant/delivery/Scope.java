package io.courant.delivery;

import io.courant.audience.EmailAddress;
import java.util.Set;

/**
 * Which of an issue's deliveries a run is about.
 *
 * @param limit so many messages at most
 * @param only these addresses, whether they are due or not; empty: everybody who is due
 */
public record Scope(long limit, Set<EmailAddress> only) {
    /** All that is due. */
    public static final Scope ALL_DUE = new Scope(Long.MAX_VALUE, Set.of());

    public Scope {
        only = Set.copyOf(only);
        if (limit < 1) {
            throw new IllegalArgumentException("a run sends at least 1 message, not " + limit);
        }
    }
}
