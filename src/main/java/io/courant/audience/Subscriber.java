package io.courant.audience;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody who asked for mail.
 *
 * @param id given by the store, never reused
 * @param name possibly empty
 * @param tags what segments select by
 * @param joined when they asked
 */
public record Subscriber(long id, EmailAddress address, String name, State state, Set<String> tags, Instant joined) {
    public Subscriber {
        tags = Set.copyOf(tags);
    }

    /** Whether they want mail. */
    public enum State {
        ACTIVE,
        UNSUBSCRIBED
    }
}
