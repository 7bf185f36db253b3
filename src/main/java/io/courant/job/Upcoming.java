package io.courant.job;

import io.courant.issue.DueTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes next of a newsletter, and when.
 *
 * @param schedule null: it runs when somebody runs it
 * @param zone whose wall clock counts
 * @param due what the clock says at this moment; null without a schedule
 * @param times the next due times
 * @param last the last due time that was taken in hand, and what came of it; null: none yet
 * @param newItems how much has come since the last issue; what that one carried over is not among it
 * @param latest when there is an issue of however little has come; null unless it waits for items
 * @param quiet when no mail is sent; null: it may always be
 * @param quietUntil when it is quiet no more; null unless it is now
 */
public record Upcoming(
        String newsletter,
        @Nullable Schedule schedule,
        ZoneId zone,
        @Nullable Due due,
        List<Instant> times,
        @Nullable DueTime last,
        int newItems,
        @Nullable Instant latest,
        @Nullable QuietHours quiet,
        @Nullable Instant quietUntil) {
    public Upcoming {
        times = List.copyOf(times);
    }

    /** Whether a due time has passed, and nothing was made of it yet. */
    public boolean isOverdue() {
        return due instanceof Due.Now;
    }

    /** A moment as people of the zone write it. */
    public String words(Instant moment) {
        return WallClock.words(moment, zone);
    }
}
