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
    /**
     * A clock that is set back by less shows again what is done with; one that is set back by more was wrong before, and
     * what it ran at is of no account.
     */
    static final Duration SET_BACK = Duration.ofDays(1);

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
        Optional<DueTime> last = last(newsletter, now);
        Due due = schedule.at(
                isNew(newsletter, schedule, last)
                        ? beginning(last, now)
                        : last.orElseThrow().time(),
                now);
        return last.filter(time -> due instanceof Due.NotYet && !time.time().isAfter(now))
                .filter(time -> isUnfinished(newsletter, time))
                .map(time -> goOn(schedule, time, now, due.next()))
                .orElse(due);
    }

    private Optional<DueTime> last(String newsletter, Instant now) {
        return dueTimes.last(newsletter, now.plus(SET_BACK));
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

    /**
     * Lets the clock run from now on, if it did not, or not by this schedule: what is due later is made good whoever was
     * down meanwhile.
     */
    void start(String newsletter, Schedule schedule) {
        Instant now = clock.instant();
        Optional<DueTime> last = last(newsletter, now);
        if (isNew(newsletter, schedule, last)) {
            dueTimes.start(newsletter, words(schedule), beginning(last, now), now);
        }
    }

    /** Whoever changes a schedule does not want an issue at once, because the new one had a time that has passed. */
    private boolean isNew(String newsletter, Schedule schedule, Optional<DueTime> last) {
        return last.isEmpty()
                || (!dueTimes.schedule(newsletter).equals(Optional.of(words(schedule)))
                        && !isUnfinished(newsletter, last.get()));
    }

    private static String words(Schedule schedule) {
        return schedule.expression() + " " + schedule.zone();
    }

    private static Instant beginning(Optional<DueTime> last, Instant now) {
        Instant early = now.minus(HEAD_START);
        return last.map(time -> time.time().plusMillis(1))
                .filter(early::isBefore)
                .orElse(early);
    }

    /** What is to be done, for whoever is about to do it; lets the clock run. */
    Due ask(String newsletter, Schedule schedule) {
        start(newsletter, schedule);
        Due due = due(newsletter, schedule);
        last(newsletter, clock.instant())
                .filter(time -> time.result() == Result.RUNNING && !isUnfinished(newsletter, time))
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

    /** How much is new to a newsletter, beside what an issue has carried over: that makes no issue alone. */
    int newItems(JobFile job) {
        return (int) newSections.of(job.newsletter(), clock.instant()).stream()
                .filter(section -> !section.waited())
                .count();
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
