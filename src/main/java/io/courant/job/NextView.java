package io.courant.job;

import io.courant.issue.DueTime;
import io.courant.report.IssueView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What comes next, as {@code --json} shows it; scripts rely on these names.
 *
 * @param cron null: it runs when somebody runs it
 * @param overdue whether a due time has passed, and nothing was made of it yet
 * @param missed how many have, that one apart
 * @param newItems how much has come since the last issue; what that one carried over is not among it
 * @param items how many make an issue; null: any number
 * @param atLatest when there is an issue of fewer
 */
public record NextView(
        String newsletter,
        @Nullable String cron,
        String zone,
        List<Time> next,
        @Nullable Last last,
        boolean overdue,
        long missed,
        int newItems,
        @Nullable Integer items,
        @Nullable Time atLatest,
        @Nullable String quietHours,
        @Nullable Time quietUntil) {

    /** A moment by the newsletter's wall clock, and by that of the world. */
    public record Time(String local, Instant utc) {}

    /** A due time, and what came of it. */
    public record Last(Time time, String result, @Nullable String issue, String words) {}

    public static NextView of(Upcoming upcoming) {
        Schedule schedule = upcoming.schedule();
        DueTime last = upcoming.last();
        return new NextView(
                upcoming.newsletter(),
                schedule == null ? null : schedule.expression(),
                upcoming.zone().getId(),
                upcoming.times().stream().map(time -> time(upcoming, time)).toList(),
                last == null ? null : last(upcoming, last),
                upcoming.isOverdue(),
                missed(upcoming),
                upcoming.newItems(),
                schedule == null || schedule.gathering() == null
                        ? null
                        : schedule.gathering().items(),
                upcoming.latest() == null ? null : time(upcoming, upcoming.latest()),
                upcoming.quiet() == null ? null : upcoming.quiet().toString(),
                upcoming.quietUntil() == null ? null : time(upcoming, upcoming.quietUntil()));
    }

    private static Time time(Upcoming upcoming, Instant moment) {
        return new Time(moment.atZone(upcoming.zone()).toOffsetDateTime().toString(), moment);
    }

    private static Last last(Upcoming upcoming, DueTime last) {
        return new Last(
                time(upcoming, last.time()),
                IssueView.name(last.result()),
                Optional.ofNullable(last.issue()).map(Object::toString).orElse(null),
                last.words());
    }

    private static long missed(Upcoming upcoming) {
        return upcoming.due() instanceof Due.Now now
                ? now.merged()
                : upcoming.due() instanceof Due.Missed missed ? missed.times() : 0;
    }
}
