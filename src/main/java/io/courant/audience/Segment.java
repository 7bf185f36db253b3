package io.courant.audience;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of the subscribers that a newsletter is for: those who meet each of the conditions.
 *
 * @param tags any of them; empty: whatever their tags are
 * @param topics those who follow any of these topics of the newsletter, as all do who chose none, with the ids
 *     that they had before; empty: whatever they
 *     follow
 * @param languages codes of ISO 639 in lower case, any of them; the empty one stands for those of whom no language is
 *     known; empty: whatever they speak
 * @param joinedSince not before; null: whenever they joined
 */
public record Segment(
        Set<String> tags,
        Set<String> topics,
        Set<String> languages,
        @Nullable Instant joinedSince) {
    /** Everybody. */
    public static final Segment ALL = tagged(Set.of());

    public Segment {
        tags = Set.copyOf(tags);
        topics = topics == null ? Set.of() : Set.copyOf(topics); // drafts that were frozen before there were these
        languages = languages == null ? Set.of() : Set.copyOf(languages);
    }

    /** Those with any of the tags; everybody, if there are none. */
    public static Segment tagged(Set<String> tags) {
        return new Segment(tags, Set.of(), Set.of(), null);
    }
}
