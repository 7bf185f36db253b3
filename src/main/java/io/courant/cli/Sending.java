package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Progress;
import io.courant.delivery.Scope;
import io.courant.issue.IssueId;
import io.courant.job.Onlooker;
import io.courant.job.Runs;
import io.courant.report.IssueReport;
import io.courant.report.IssueView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Help.Ansi;

/** Sends an issue while somebody watches: shows progress, ends cleanly on Ctrl-C, tells how it ended. */
final class Sending {
    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(30).toNanos();

    private final Program.Session session;
    private final Console console;
    private final boolean quiet;
    private final Interruption interruption;
    private final Set<EmailAddress> only;
    private long left;

    Sending(Program.Session session, Console console, boolean quiet, Interruption interruption, Scope scope) {
        this.session = session;
        this.console = console;
        this.quiet = quiet;
        this.interruption = interruption;
        this.only = scope.only();
        this.left = scope.limit();
    }

    /** Whether no more messages may be sent, however many are due. */
    boolean isSpent() {
        return left <= 0;
    }

    /** Sends what is due of the issue, within what is left of the scope. */
    IssueReport send(IssueId issue) {
        if (isAnythingDue(Issues.report(session, issue))) {
            Operator.note(session, "send", issue.value(), scope());
        }
        Onlooker onlooker = session.get(Onlooker.class);
        if (!quiet && Ansi.AUTO.enabled()) {
            try (ProgressLine line = new ProgressLine(console)) {
                onlooker.watch(line::show);
                onlooker.listen(line::say);
                sendWithin(issue, onlooker, line::say);
            }
        } else {
            onlooker.watch(quiet ? progress -> {} : lines());
            onlooker.listen(console::note);
            sendWithin(issue, onlooker, console::problem);
        }
        IssueReport report = Issues.report(session, issue);
        if (isSpent() && report.deliveries().of(DeliveryState.READY) > 0) {
            console.note(
                    "as many messages were sent as this run may send; 'courant send " + issue + "' sends the rest");
        }
        if (interruption.happened()) {
            console.problem(IssueView.words(report.deliveries()));
            console.problem("to go on: courant send " + issue);
        }
        return report;
    }

    /** A run that finds nothing to send does nothing that is worth a note, and cron makes many of them. */
    private boolean isAnythingDue(IssueReport report) {
        Instant nextDue = report.nextDue();
        return report.deliveries().of(DeliveryState.READY) > report.scheduled()
                || report.deliveries().of(DeliveryState.SENDING) > 0
                || (nextDue != null
                        && !nextDue.isAfter(session.get(InstantSource.class).instant()));
    }

    private String scope() {
        return (left == Long.MAX_VALUE ? "" : "at most " + left + " ")
                + (only.isEmpty() ? "" : "to " + only.size() + " of its recipients");
    }

    private void sendWithin(IssueId issue, Onlooker onlooker, Consumer<String> speaker) {
        interruption.endCleanlyBy(
                () -> {
                    speaker.accept("stopping: what is in flight is finished and written down …");
                    onlooker.requestStop();
                },
                () -> speaker.accept(
                        "ended at once: what was in flight is in doubt; 'courant send " + issue + "' sees to it"));
        left -= session.get(Runs.class).send(issue, new Scope(left, only));
    }

    private Consumer<Progress> lines() {
        long[] last = {System.nanoTime()};
        return progress -> {
            if (System.nanoTime() - last[0] >= LINE_EVERY_NANOS) {
                last[0] = System.nanoTime();
                console.note(ProgressWords.line(progress));
            }
        };
    }

    /** What a shell is told about an issue that was sent. */
    static int exitCode(IssueReport report) {
        return report.isOnTime() ? ExitCode.DONE : ExitCode.PARTLY_SENT;
    }
}
