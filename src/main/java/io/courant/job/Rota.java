package io.courant.job;

import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.report.IssueReport;
import io.courant.report.Reporter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is, for a process that stays: newsletters that are due, those of whose issues something is left to send,
 * and, once an hour, those to which mail comes back. Only newsletters with a schedule have turns. Used by one thread.
 */
public final class Rota {
    static final Duration AFTER_TROUBLE = Duration.ofMinutes(5);
    static final Duration MAILBOX_EVERY = Duration.ofHours(1);

    private final Timetable timetable;
    private final FrozenIssues issues;
    private final Reporter reporter;
    private final InstantSource clock;
    private final Map<String, Instant> notBefore = new HashMap<>();
    private final Map<String, Instant> looked = new HashMap<>();

    public Rota(Timetable timetable, FrozenIssues issues, Reporter reporter, InstantSource clock) {
        this.timetable = timetable;
        this.issues = issues;
        this.reporter = reporter;
        this.clock = clock;
    }

    /** Whether a turn of the newsletter would do anything. The first time that this is asked, its clock begins to run. */
    public boolean hasTurn(JobFile job) {
        Schedule schedule = job.schedule();
        Instant now = clock.instant();
        // a clock that was set back must not keep anybody waiting for long
        Instant wait = notBefore.getOrDefault(job.name(), now);
        if (schedule == null || (wait.isAfter(now) && !wait.isAfter(now.plus(AFTER_TROUBLE)))) {
            return false;
        }
        timetable.start(job.name(), schedule);
        return !(timetable.due(job.name(), schedule) instanceof Due.NotYet)
                || isLeft(job, now)
                || (job.bounces() != null && isLongAgo(looked.get(job.name()), now));
    }

    private boolean isLeft(JobFile job, Instant now) {
        QuietHours quiet = job.quiet();
        return (quiet == null || quiet.until(now).isEmpty())
                && issues.unfinished(job.name()).stream().anyMatch(isReady(now));
    }

    private Predicate<IssueId> isReady(Instant now) {
        return issue -> issues.state(issue).orElseThrow() == FrozenIssue.State.APPROVED
                && reporter.report(issue).filter(report -> isReady(report, now)).isPresent();
    }

    private static boolean isReady(IssueReport report, Instant now) {
        Instant next = report.nextDue();
        return report.deliveries().of(DeliveryState.READY) > report.scheduled()
                || report.deliveries().of(DeliveryState.SENDING) > 0
                || (next != null && !next.isAfter(now));
    }

    private static boolean isLongAgo(@Nullable Instant then, Instant now) {
        return then == null || Duration.between(then, now).abs().compareTo(MAILBOX_EVERY) >= 0;
    }

    /**
     * A turn was taken. What waits for its time is no trouble, but what could have gone out and did not is.
     *
     * @param isWell whether it came to its end
     */
    public void taken(JobFile job, boolean isWell) {
        Instant now = clock.instant();
        looked.put(job.name(), now);
        if (isWell && !isStuck(job, now)) {
            notBefore.remove(job.name());
        } else {
            notBefore.put(job.name(), now.plus(AFTER_TROUBLE));
        }
    }

    private boolean isStuck(JobFile job, Instant now) {
        return isLeft(job, now)
                && issues.unfinished(job.name()).stream()
                        .flatMap(issue -> reporter.report(issue).stream())
                        .filter(report -> report.issue().state() == FrozenIssue.State.APPROVED)
                        .anyMatch(report -> report.deliveries().of(DeliveryState.READY) > report.scheduled());
    }
}
