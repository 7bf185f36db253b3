package io.courant.audience;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader wants of a newsletter. Language, zone and form are the same for all newsletters that they read.
 *
 * @param topics ids of {@link io.courant.section.Topic}s; empty: all, and what belongs to none
 * @param hour of the day in {@link #zone} before which no mail comes, 0 to 23; null: as soon as it is sent
 * @param pausedUntil no mail before; null: not paused
 * @param zone null: the newsletter's
 * @param language of all that is not quoted; null: the newsletter's
 */
public record Preferences(
        Set<String> topics,
        Frequency frequency,
        @Nullable Integer hour,
        @Nullable Instant pausedUntil,
        @Nullable ZoneId zone,
        Form form,
        @Nullable Locale language) {
    /** Each issue, as it comes. */
    public static final Preferences DEFAULT =
            new Preferences(Set.of(), Frequency.EACH, null, null, null, Form.HTML, null);

    public Preferences {
        topics = Set.copyOf(topics);
        if (hour != null && (hour < 0 || hour > 23)) {
            throw new IllegalArgumentException("not an hour: " + hour + " (expected 0 to 23)");
        }
    }
}
