package io.courant.audience;

import java.util.Set;

/**
 * The part of the subscribers that a newsletter is for.
 *
 * @param tags a subscriber belongs who has any of them; empty: everybody
 */
public record Segment(Set<String> tags) {
    /** Everybody. */
    public static final Segment ALL = new Segment(Set.of());

    public Segment {
        tags = Set.copyOf(tags);
    }
}
