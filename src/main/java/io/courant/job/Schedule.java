package io.courant.job;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a newsletter is due.
 *
 * <p>A due time is a time of the zone's wall clock. Where clocks go forward over it, it comes at the moment of the
 * change; several that are left out come as one. Where clocks go back and show it twice, only the first counts. So each
 * moment is due at most once, and every day has its run unless it has none in the calendar of the expression.
 *
 * @param missed what becomes of due times that nobody ran at
 * @param lateWithin how long after its time a run still begins, if what was missed is skipped
 * @param gathering what it waits for at its due times; null: nothing
 */
public record Schedule(
        Cron cron,
        ZoneId zone,
        MissedRuns missed,
        Duration lateWithin,
        @Nullable Gathering gathering) {
    static final Duration LATE_WITHIN = Duration.ofHours(6);
    /** Asked at each full hour whether enough has gathered. */
    static final Cron HOURLY = Cron.parse("0 0 * * * *");

    /** More than that, and nobody wants to know how many. */
    private static final long MOST_COUNTED = 10_000;

    private static final Duration SHORT = Duration.ofMinutes(1);

    /** What becomes of due times that have passed without a run. */
    public enum MissedRuns {
        /** One run makes them all good, however late. */
        MERGE,
        /** Those for which it is too late are left out. */
        SKIP
    }

    /**
     * A run makes an issue when so many new items have come, or so long after the last one.
     *
     * @param items how many make an issue
     * @param atLatest how long after the last issue there is one anyway
     */
    public record Gathering(int items, Duration atLatest) {}

    /** The expression as it was written. */
    public String expression() {
        return cron.toString();
    }

    /** The first due time after a moment. */
    public Optional<Instant> next(Instant after) {
        Optional<LocalDateTime> local = cron.next(after.atZone(zone).toLocalDateTime());
        while (local.isPresent()) {
            Instant moment = WallClock.first(local.get(), zone);
            if (moment.isAfter(after)) {
                return Optional.of(moment);
            }
            local = cron.next(local.get()); // clocks have gone back, and show again what was due
        }
        return Optional.empty();
    }

    /** The first due times after a moment, at most so many. */
    public List<Instant> next(Instant after, int times) {
        List<Instant> found = new ArrayList<>();
        Optional<Instant> time = next(after);
        while (time.isPresent() && found.size() < times) {
            found.add(time.get());
            time = next(time.get());
        }
        return List.copyOf(found);
    }

    /**
     * What is to be done.
     *
     * @param handled the last due time that is done with
     */
    public Due at(Instant handled, Instant now) {
        Optional<Instant> next = next(now);
        Optional<Instant> last = last(handled, now);
        if (last.isEmpty()) {
            return new Due.NotYet(next);
        }
        long passed = passed(handled, last.get());
        return isTooLate(last.get(), now)
                ? new Due.Missed(last.get(), passed, next)
                : new Due.Now(last.get(), passed - 1, next);
    }

    /** Whether it is too late for a run that was due then. */
    boolean isTooLate(Instant due, Instant now) {
        return missed == MissedRuns.SKIP && due.plus(lateWithin).isBefore(now);
    }

    /** The last due time after a moment, up to now. Looks back from now, for there may be years in between. */
    private Optional<Instant> last(Instant after, Instant now) {
        for (Duration back = SHORT; ; back = back.multipliedBy(2)) {
            Instant from = now.minus(back);
            boolean all = !from.isAfter(after);
            Optional<Instant> last = Optional.empty();
            Optional<Instant> time = next(all ? after : from);
            while (time.isPresent() && !time.get().isAfter(now)) {
                last = time;
                time = next(time.get());
            }
            if (last.isPresent() || all) {
                return last;
            }
        }
    }

    private long passed(Instant handled, Instant last) {
        long passed = 1;
        Optional<Instant> time = next(handled);
        while (time.isPresent() && time.get().isBefore(last) && passed < MOST_COUNTED) {
            passed++;
            time = next(time.get());
        }
        return passed;
    }
}
