package io.courant.audience;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who asked for mail.
 *
 * @param id given by the store, never reused
 * @param name possibly empty
 * @param tags what segments select by
 * @param joined when they asked
 * @param language what they read; null: not known
 * @param zone where they live; null: not known
 * @param form in which they want mail
 */
public record Subscriber(
        long id,
        EmailAddress address,
        String name,
        State state,
        Set<String> tags,
        Instant joined,
        @Nullable Locale language,
        @Nullable ZoneId zone,
        Form form) {
    public Subscriber {
        tags = Set.copyOf(tags);
    }

    /** Whether they want mail. */
    public enum State {
        /** The newsletters whose segments they belong to, and those that they asked for. */
        ACTIVE,
        /** The newsletters that they asked for by themselves, and no other. */
        SIGNED_UP,
        /** None, but for those that they asked for again since. */
        UNSUBSCRIBED;

        /** What somebody in this state is after an import that says {@code incoming}. */
        public State merged(State incoming) {
            if (this == UNSUBSCRIBED || incoming == UNSUBSCRIBED) {
                return UNSUBSCRIBED; // they come back by their own wish only, not by somebody's list
            }
            return this == SIGNED_UP ? incoming : ACTIVE;
        }
    }
}
