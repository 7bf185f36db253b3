package io.courant.job;

import io.courant.archive.Archive;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends issues for good. Whoever is sending one is told to stop and finishes what is in flight; then the rest is taken back,
 * and, if nobody can have got the mail, so is the issue's page on the web.
 */
public final class Canceller {
    /** A process that is sending ends within two seconds of being told to, but finishes what is in flight. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    private final Path home;
    private final FrozenIssues issues;
    private final JobFolder jobs;
    private final Archive archive;
    private final InstantSource clock;

    public Canceller(Path home, FrozenIssues issues, JobFolder jobs, Archive archive, InstantSource clock) {
        this.home = home;
        this.issues = issues;
        this.jobs = jobs;
        this.archive = archive;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param before the issue's state when its sender had ended; nothing was left to cancel if it was over then
     * @param archive why the archive still has its page, if it should not
     */
    public record Cancelled(FrozenIssue.State before, Optional<String> archive) {}

    /**
     * Cancels an issue.
     *
     * @throws HomeLock.HeldException when another process keeps the home folder for longer than that; the issue is
     *     stopped then, and to cancel it again is safe
     */
    public Cancelled cancel(IssueId id) {
        issues.stop(id);
        waitForTheSender();
        return HomeLock.holding(home, "cancelling " + id, () -> end(id));
    }

    /** The same for who holds the home folder's lock, so that nobody can be sending. */
    public Cancelled end(IssueId id) {
        FrozenIssue.State before = issues.state(id).orElseThrow();
        issues.cancel(id, clock.instant());
        return new Cancelled(before, takeFromTheWeb(id));
    }

    private void waitForTheSender() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE.toNanos()
                && HomeLock.holder(home).isPresent()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** An issue that is cancelled stays so, whatever becomes of its page. */
    private Optional<String> takeFromTheWeb(IssueId id) {
        try {
            JobFile job = jobs.load(issues.headline(id).orElseThrow().newsletter());
            Path folder = job.archive();
            if (folder != null) {
                archive.update(job.newsletter(), id, folder.resolve(job.name()));
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("the archive still has its page: " + e.getMessage());
        }
    }
}
