package io.courant.job;

import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.issue.DueTime;
import io.courant.issue.DueTime.Result;
import io.courant.issue.DueTimes;
import io.courant.issue.IssueId;
import io.courant.issue.NewSections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds each newsletter's {@link Schedule} against the clock and against what is done with. A due time is written down
 * before its work begins. A run that was killed before it has made an issue goes on when it is next asked for, and one
 * that was killed afterwards is done: what is left of the issue goes out like that of any other.
 */
public final class Timetable {
    /** Of what was due before the clock first ran, only what was due right now: cron may be a little late. */
    static final Duration HEAD_START = Duration.ofMinutes(5);

    private final DueTimes dueTimes;
    private final FrozenIssues issues;
    private final NewSections newSections;
    private final InstantSource clock;

    public Timetable(DueTimes dueTimes, FrozenIssues issues, NewSections newSections, InstantSource clock) {
        this.dueTimes = dueTimes;
        this.issues = issues;
        this.newSections = newSections;
        this.clock = clock;
    }

    /** What is to be done for a newsletter. Asking changes nothing. */
    public Due due(String newsletter, Schedule schedule) {
        Instant now = clock.instant();
        Optional<DueTime> last = dueTimes.last(newsletter, now);
        Due due = schedule.at(last.map(DueTime::time).orElseGet(() -> now.minus(HEAD_START)), now);
        return last.filter(time -> due instanceof Due.NotYet && isUnfinished(newsletter, time))
                .map(time -> goOn(schedule, time, now, due.next()))
                .orElse(due);
    }

    private static Due goOn(Schedule schedule, DueTime time, Instant now, Optional<Instant> next) {
        return schedule.isTooLate(time.time(), now)
                ? new Due.Missed(time.time(), 1, next)
                : new Due.Now(time.time(), 0, next);
    }

    private boolean isUnfinished(String newsletter, DueTime time) {
        return time.result() == Result.RUNNING && newest(newsletter).equals(Optional.ofNullable(time.before()));
    }

    private Optional<IssueId> newest(String newsletter) {
        return issues.latest(newsletter).map(Headline::id);
    }

    /** The same; and lets the clock run from now on, if it did not. */
    Due ask(String newsletter, Schedule schedule) {
        Instant now = clock.instant();
        Due due = due(newsletter, schedule);
        Optional<DueTime> last = dueTimes.last(newsletter, now);
        if (last.isEmpty()) {
            dueTimes.start(newsletter, now.minus(HEAD_START), now);
        }
        last.filter(time -> time.result() == Result.RUNNING && !isUnfinished(newsletter, time))
                .ifPresent(time -> end(
                        newsletter,
                        time.time(),
                        Result.ISSUED,
                        newest(newsletter).orElse(null),
                        ""));
        return due;
    }

    /** Writes down that the run for a due time begins, or goes on. */
    void begin(String newsletter, Instant time) {
        dueTimes.begin(newsletter, time, newest(newsletter).orElse(null), clock.instant());
    }

    void end(String newsletter, Instant time, Result result, @Nullable IssueId issue, String words) {
        dueTimes.end(newsletter, time, result, issue, words);
    }

    /** How much is new to a newsletter. */
    int newItems(JobFile job) {
        return newSections.of(job.newsletter(), clock.instant()).size();
    }

    /** When a newsletter makes an issue of however little there is: so long after its last. */
    Optional<Instant> latest(String newsletter, Schedule schedule) {
        Schedule.Gathering gathering = schedule.gathering();
        if (gathering == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return Optional.of(issues.latest(newsletter)
                .map(Headline::date)
                .or(() -> dueTimes.began(newsletter))
                .orElse(now)
                .plus(gathering.atLatest()));
    }

    /** In words, why there is no issue yet though one is due; empty if there is to be one. */
    Optional<String> waitsFor(JobFile job, Schedule schedule) {
        Schedule.Gathering gathering = schedule.gathering();
        if (gathering == null) {
            return Optional.empty();
        }
        Instant latest = latest(job.name(), schedule).orElseThrow();
        int items = newItems(job);
        return items >= gathering.items() || !latest.isAfter(clock.instant())
                ? Optional.empty()
                : Optional.of(items + " of " + gathering.items() + " items have come; at the latest there is an issue "
                        + WallClock.words(latest, schedule.zone()));
    }
}
