package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Progress;
import io.courant.delivery.Scope;
import io.courant.issue.IssueId;
import io.courant.job.Onlooker;
import io.courant.job.Runs;
import io.courant.report.IssueReport;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Help.Ansi;

/** Sends an issue while somebody watches: shows progress, ends cleanly on Ctrl-C, tells how it ended. */
final class Sending {
    /** Back to the first column, and what stands there away: the bar draws itself anew below. */
    private static final String OVER_THE_BAR = "\r\u001b[K";

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
        Onlooker onlooker = session.get(Onlooker.class);
        interruption.endCleanlyBy(
                () -> {
                    console.problem("stopping: what is in flight is finished and written down …");
                    onlooker.requestStop();
                },
                () -> console.problem(
                        "ended at once: what was in flight is in doubt; 'courant send " + issue + "' sees to it"));
        if (!quiet && Ansi.AUTO.enabled()) {
            showBar(onlooker, issue);
        } else {
            onlooker.listen(console::note);
            onlooker.watch(quiet ? progress -> {} : lines());
            sendWithin(issue);
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

    private void showBar(Onlooker onlooker, IssueId issue) {
        AtomicReference<Optional<Duration>> remaining = new AtomicReference<>(Optional.empty());
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("sending")
                .setStyle(ProgressBarStyle.ASCII)
                .setInitialMax(-1)
                .setUpdateIntervalMillis(500)
                .setEtaFunction(state -> remaining.get())
                .build()) {
            onlooker.listen(remark -> console.note(OVER_THE_BAR + remark));
            onlooker.watch(progress -> {
                remaining.set(progress.remaining());
                bar.maxHint(progress.total());
                bar.stepTo(progress.done());
                bar.setExtraMessage(" " + ProgressWords.pace(progress) + ": " + ProgressWords.counts(progress));
            });
            sendWithin(issue);
        }
    }

    private void sendWithin(IssueId issue) {
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
        return report.deliveries().open() == 0 ? ExitCode.DONE : ExitCode.PARTLY_SENT;
    }
}
