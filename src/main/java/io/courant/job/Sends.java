package io.courant.job;

import io.courant.delivery.DeliveryState;
import io.courant.delivery.Failures;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Scope;
import io.courant.issue.IssueId;
import io.courant.report.IssueReport;
import io.courant.report.Reporter;
import io.courant.upkeep.RunLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Sends issues in a process that stays, when somebody at its pages wants it. Like a command it holds the
 * {@link HomeLock} while it sends, and not longer. One thread sends; the rest is safe for use by several.
 */
public final class Sends {
    /** What others do with the home folder is mostly short; who sends for long is told of. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    /** So long after a change, a process that is sending may not have looked yet. */
    private static final Duration UNNOTICED = Duration.ofMillis(400);

    private static final Duration LONGEST_STANDSTILL = Duration.ofMillis(1_800);

    private final Path home;
    private final Supplier<Runs> runs;
    private final RunLock lock;
    private final Onlooker onlooker;
    private final JobFolder jobs;
    private final FrozenIssues issues;
    private final Failures failures;
    private final Reporter reporter;
    private final InstantSource clock;

    /** @param runs asked for only when there is something to send */
    public Sends(
            Path home,
            Supplier<Runs> runs,
            RunLock lock,
            Onlooker onlooker,
            JobFolder jobs,
            FrozenIssues issues,
            Failures failures,
            Reporter reporter,
            InstantSource clock) {
        this.home = home;
        this.runs = runs;
        this.lock = lock;
        this.onlooker = onlooker;
        this.jobs = jobs;
        this.issues = issues;
        this.failures = failures;
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
        HomeLock.holding(home, "sending " + issue, () -> {
            if (now) {
                onlooker.disregardQuietHours();
            } else {
                onlooker.heedQuietHours();
            }
            return runs.get().send(issue, Scope.ALL_DUE);
        });
    }

    /** Who works with the home folder now, or with the database from another machine, if anybody does. */
    public Optional<HomeLock.Holder> holder() {
        return HomeLock.holder(home).or(() -> lock.holder().map(HomeLock.Holder::of));
    }

    /**
     * Makes READY again what failed, as {@link Failures#retry} says.
     *
     * @throws HomeLock.HeldException when another process keeps the home folder for longer than a while
     */
    public int retry(IssueId issue, Failures.Wish wish) {
        waitForTheFolder();
        return HomeLock.holding(
                home, "preparing to send " + issue + " again", () -> failures.retry(issue, wish, clock.instant()));
    }

    /**
     * Waits until nothing of an issue that was just held is with a relay, but not for long.
     *
     * @return how much still is
     */
    public long standstill(IssueId issue) {
        long begin = System.nanoTime();
        long waited = 0;
        long inFlight = inFlight(issue);
        while (waited < LONGEST_STANDSTILL.toNanos()
                && holder().isPresent()
                && (waited < UNNOTICED.toNanos() || inFlight > 0)) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            waited = System.nanoTime() - begin;
            inFlight = inFlight(issue);
        }
        return inFlight;
    }

    private long inFlight(IssueId issue) {
        return reporter.report(issue).orElseThrow().deliveries().of(DeliveryState.SENDING);
    }

    private void waitForTheFolder() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE.toNanos() && holder().isPresent()) {
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
        return issues.headline(issue).orElseThrow().sendAfter() != null && isReady(issue);
    }

    /** Whether something of an issue would go out, were it sent now and not to be quiet at this hour. */
    public boolean isReady(IssueId issue) {
        Instant now = clock.instant();
        IssueReport report = reporter.report(issue).orElseThrow();
        Instant next = report.nextDue();
        return report.issue().state() == FrozenIssue.State.APPROVED
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
