package io.courant.cli;

import io.courant.archive.Archive;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.job.HomeLock;
import io.courant.job.JobFile;
import io.courant.job.JobFolder;
import io.courant.report.IssueReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = {
            "Ends an issue for good: whoever has not got it will not get it.",
            "If nobody got it, its items are new again and stand in the next issue."
        },
        footer = {"", "Example:", "  courant cancel deep-learning-2026-11-23"})
final class CancelCommand extends Operation {
    /** A process that is sending ends within two seconds of being told to, but finishes what is in flight. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    CancelCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        IssueId id = stop();
        waitForTheSender();
        try (Program.Session session = open("cancelling " + id, false)) {
            FrozenIssue.State before = Issues.headline(session, id.value()).state();
            session.get(FrozenIssues.class).cancel(id, program().clock().instant());
            takeFromTheWeb(console, session, id);
            IssueReport after = Issues.report(session, id);
            if (options().json()) {
                console.json(IssueView.of(after));
            } else {
                StatusCommand.print(console, after);
            }
            if (before.isOver()) {
                console.note(id + " was " + IssueView.words(before) + " before; nothing is left to cancel");
            } else {
                console.note(words(after));
            }
            return ExitCode.DONE;
        }
    }

    /** Its page, if nobody can have got its mail; an issue that is cancelled stays so, whatever becomes of the page. */
    static void takeFromTheWeb(Console console, Program.Session session, IssueId id) {
        try {
            JobFile job = session.get(JobFolder.class)
                    .load(Issues.headline(session, id.value()).newsletter());
            Path folder = job.archive();
            if (folder != null) {
                session.get(Archive.class).update(job.newsletter(), id, folder.resolve(job.name()));
            }
        } catch (RuntimeException e) {
            console.problem("the archive still has its page: " + e.getMessage());
        }
    }

    private IssueId stop() {
        try (Program.Session session = open()) {
            Headline found = Issues.headline(session, issue);
            session.get(FrozenIssues.class).stop(found.id());
            return found.id();
        }
    }

    private void waitForTheSender() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE.toNanos()
                && HomeLock.holder(options().settings().home()).isPresent()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static String words(IssueReport after) {
        long read = after.deliveries().of(DeliveryState.ACCEPTED)
                + after.deliveries().of(DeliveryState.IN_DOUBT);
        return read == 0
                ? "nobody got it: its items are new again"
                : Console.count(read, "subscriber") + " got it or may have got it, so its items stay old";
    }
}
