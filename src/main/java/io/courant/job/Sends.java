package io.courant.job;

import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Scope;
import io.courant.issue.IssueId;
import io.courant.report.IssueReport;
import io.courant.report.Reporter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Sends issues in a process that stays, when somebody at its pages wants it. Like a command it holds the
 * {@link HomeLock} while it sends, and not longer. Used by one thread; {@link #end} by any.
 */
public final class Sends {
    /** What others do with the home folder is mostly short; who sends for long is told of. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Path home;
    private final Supplier<Runs> runs;
    private final Onlooker onlooker;
    private final JobFolder jobs;
    private final FrozenIssues issues;
    private final Reporter reporter;
    private final InstantSource clock;

    /** @param runs asked for only when there is something to send */
    public Sends(
            Path home,
            Supplier<Runs> runs,
            Onlooker onlooker,
            JobFolder jobs,
            FrozenIssues issues,
            Reporter reporter,
            InstantSource clock) {
        this.home = home;
        this.runs = runs;
        this.onlooker = onlooker;
        this.jobs = jobs;
        this.issues = issues;
        this.reporter = reporter;
        this.clock = clock;
    }

    /**
     * Sends what is due of an issue.
     *
     * @param now also in quiet hours
     * @throws HomeLock.HeldException when another process keeps the home folder for longer than a while
     */
    public void send(IssueId issue, boolean now) {
        waitForTheFolder();
        try (HomeLock lock = HomeLock.take(home, "sending " + issue)) {
            if (now) {
                onlooker.disregardQuietHours();
            } else {
                onlooker.heedQuietHours();
            }
            runs.get().send(issue, Scope.ALL_DUE);
        }
    }

    private void waitForTheFolder() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE.toNanos()
                && HomeLock.holder(home).isPresent()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /**
     * Issues that nobody else sends although their hour has come: approved for a time or with a time to reconsider, which
     * is over, of newsletters to which no clock gives turns.
     */
    public List<IssueId> due() {
        return jobs.names().stream()
                .filter(this::isWithoutClock)
                .flatMap(name -> issues.unfinished(name).stream())
                .filter(this::isDue)
                .toList();
    }

    /** A job file with mistakes holds up its own newsletter only. */
    private boolean isWithoutClock(String name) {
        try {
            JobFile job = jobs.load(name);
            QuietHours quiet = job.quiet();
            return job.schedule() == null
                    && (quiet == null || quiet.until(clock.instant()).isEmpty());
        } catch (JobFileException e) {
            return false;
        }
    }

    private boolean isDue(IssueId issue) {
        Instant now = clock.instant();
        IssueReport report = reporter.report(issue).orElseThrow();
        Instant next = report.nextDue();
        return report.issue().state() == FrozenIssue.State.APPROVED
                && report.issue().sendAfter() != null
                && report.issue().waitsUntil(now).isEmpty()
                && (report.deliveries().of(DeliveryState.READY) > report.scheduled()
                        || report.deliveries().of(DeliveryState.SENDING) > 0
                        || (next != null && !next.isAfter(now)));
    }

    /** Begins nothing more: what is in flight is finished and written down. */
    public void end() {
        onlooker.requestStop();
    }
}
