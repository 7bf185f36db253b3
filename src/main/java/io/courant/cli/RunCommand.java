package io.courant.cli;

import io.courant.audience.Erasures;
import io.courant.bounce.BounceMailbox;
import io.courant.bounce.BouncePlace;
import io.courant.bounce.MailboxException;
import io.courant.consent.Outbox;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Scope;
import io.courant.issue.IssueId;
import io.courant.job.JobFile;
import io.courant.job.Onlooker;
import io.courant.job.Runs;
import io.courant.report.Account;
import io.courant.report.IssueReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Collects, composes and sends: what cron calls.",
            "An issue that an earlier run left unfinished is sent to its end first; it is safe to call this as often"
                    + " as one likes."
        },
        footer = {"", "Example:", "  courant run deep-learning --json"})
final class RunCommand extends Operation {
    private static final Runs.Collected NOTHING_COLLECTED = new Runs.Collected(0, 0, List.of(), List.of());

    @Parameters(paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Option(names = "--dry-run", description = "Collects, composes and renders; sends and keeps nothing.")
    private boolean dryRun;

    @Option(names = "--strict", description = "Ends with 5, before composing, when a source could not be read.")
    private boolean strict;

    @Mixin
    private final Limit limit = new Limit();

    RunCommand(Program program) {
        super(program);
    }

    /**
     * What a run did, as {@code --json} shows it; scripts rely on these names.
     *
     * @param issue id of the issue, or {@code null} with the reason in {@code skipped}
     */
    record Ran(
            String newsletter,
            @Nullable String issue,
            @Nullable String skipped,
            @Nullable String subject,
            String state,
            int items,
            int carriedOver,
            int variants,
            Map<String, Long> deliveries,
            int newPosts,
            List<String> problems) {
        static Ran skipped(String newsletter, String reason, Runs.Collected collected) {
            return new Ran(
                    newsletter,
                    null,
                    reason,
                    null,
                    "skipped",
                    0,
                    0,
                    0,
                    IssueView.deliveries(Account.EMPTY),
                    collected.kept(),
                    collected.problems());
        }

        static Ran of(IssueReport report, Runs.Collected collected) {
            IssueView view = IssueView.of(report);
            return new Ran(
                    view.newsletter(),
                    view.issue(),
                    null,
                    view.subject(),
                    view.state(),
                    view.items(),
                    view.carriedOver(),
                    view.variants(),
                    view.deliveries(),
                    collected.kept(),
                    collected.problems());
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        JobFile job = options().jobFolder().load(name);
        try (Interruption interruption = new Interruption();
                Program.Session session = openToSend("running " + name, dryRun)) {
            readBounces(console, session, job.bounces());
            if (!dryRun) {
                session.get(Outbox.class).sendDue(name);
            }
            clean(console, session);
            Sending sending = new Sending(
                    session, console, options().quiet(), interruption, new Scope(limit.messages(), Set.of()));
            Optional<IssueReport> resumed = dryRun ? Optional.empty() : resume(console, session, sending);
            Optional<IssueReport> stopped = resumed.filter(
                    report -> interruption.happened() || report.issue().state().isHeld() || sending.isSpent());
            if (stopped.isPresent()) {
                print(console, Ran.of(stopped.get(), NOTHING_COLLECTED), stopped.get());
                return Sending.exitCode(stopped.get());
            }
            int fresh = next(console, session, sending, resumed);
            boolean open = resumed.map(Sending::exitCode).orElse(ExitCode.DONE) != ExitCode.DONE;
            return fresh == ExitCode.DONE && open ? ExitCode.PARTLY_SENT : fresh;
        }
    }

    /** Before anything is sent, so that nobody gets mail who is known to be gone. Trouble with it holds nothing up. */
    private void readBounces(Console console, Program.Session session, @Nullable BouncePlace place) {
        if (place == null || dryRun) {
            return;
        }
        try (BounceMailbox mailbox = BounceMailbox.at(place)) {
            Runs.Returned returned = session.get(Runs.class).bounces(name, mailbox);
            returned.problems().forEach(console::problem);
            console.note(BouncesReadCommand.words(returned));
        } catch (MailboxException e) {
            console.problem("what came back is not read: " + e.getMessage());
        }
    }

    /** Those who were erased on the web could not be overwritten everywhere at once. Trouble with it holds nothing up. */
    private void clean(Console console, Program.Session session) {
        try {
            if (!dryRun && !session.get(Erasures.class).clean()) {
                console.problem("what is left of erased addresses in the database is overwritten by a later run:"
                        + " another process reads it");
            }
        } catch (RuntimeException e) {
            console.problem(
                    "what is left of erased addresses in the database cannot be overwritten now: " + e.getMessage());
        }
    }

    /** Goes on with what earlier runs left; the last of these issues, if there was any. */
    private Optional<IssueReport> resume(Console console, Program.Session session, Sending sending) {
        Optional<IssueReport> last = Optional.empty();
        for (IssueId issue : session.get(FrozenIssues.class).unfinished(name)) {
            if (session.get(FrozenIssues.class).state(issue).orElseThrow() == FrozenIssue.State.APPROVED
                    && !sending.isSpent()) {
                last = Optional.of(send(console, session, sending, issue, NOTHING_COLLECTED));
            }
        }
        return last;
    }

    private int next(Console console, Program.Session session, Sending sending, Optional<IssueReport> resumed) {
        Runs runs = session.get(Runs.class);
        session.get(Onlooker.class).listen(console::note);
        Runs.Collected collected = runs.collect(name);
        CollectCommand.tell(console, collected);
        console.note(CollectCommand.words(collected));
        if (strict && !collected.problems().isEmpty()) {
            print(console, Ran.skipped(name, "not everything could be read", collected), null);
            return ExitCode.UNREACHABLE;
        }
        // A second draft beside one that waits for an editor would only hide the first.
        Runs.Composed composed = waitingForAnEditor(session)
                .map(waiting -> new Runs.Composed(Optional.of(waiting), ""))
                .orElseGet(() -> runs.compose(name));
        if (composed.issue().isEmpty()) {
            console.note("skipped: " + composed.skipped());
            resumed.ifPresentOrElse(
                    report -> print(console, Ran.of(report, collected), report),
                    () -> print(console, Ran.skipped(name, composed.skipped(), collected), null));
            return ExitCode.DONE;
        }
        return deliver(console, session, sending, composed.issue().get(), collected);
    }

    private Optional<IssueId> waitingForAnEditor(Program.Session session) {
        FrozenIssues issues = session.get(FrozenIssues.class);
        return issues.unfinished(name).stream()
                .filter(issue -> issues.state(issue).orElseThrow() != FrozenIssue.State.APPROVED)
                .findFirst();
    }

    private int deliver(
            Console console, Program.Session session, Sending sending, IssueId issue, Runs.Collected collected) {
        IssueReport report = Issues.report(session, issue);
        if (dryRun) {
            console.note("a dry run: nothing is kept or sent");
            print(console, Ran.of(report, collected), report);
            return ExitCode.DONE;
        }
        if (report.issue().state() == FrozenIssue.State.AWAITING_APPROVAL) {
            print(console, Ran.of(report, collected), report);
            console.note("it awaits approval: courant approve " + issue);
            return ExitCode.DONE;
        }
        if (report.issue().state().isHeld()) {
            String held = IssueView.held(report.issue());
            if (options().json()) {
                console.json(Ran.of(report, collected));
                console.note(held);
            } else {
                console.result(held);
            }
            return ExitCode.PARTLY_SENT;
        }
        IssueReport sent = send(console, session, sending, issue, collected);
        print(console, Ran.of(sent, collected), sent);
        return Sending.exitCode(sent);
    }

    /** Sends; when that ends in an accident, shows how far it got. */
    private IssueReport send(
            Console console, Program.Session session, Sending sending, IssueId issue, Runs.Collected collected) {
        try {
            return sending.send(issue);
        } catch (RuntimeException e) {
            tellHowFar(console, session, issue, collected, e);
            throw e;
        }
    }

    private void tellHowFar(
            Console console,
            Program.Session session,
            IssueId issue,
            Runs.Collected collected,
            RuntimeException accident) {
        try {
            IssueReport report = Issues.report(session, issue);
            print(console, Ran.of(report, collected), report);
            console.note("nothing is lost; 'courant run " + name + "' goes on");
        } catch (RuntimeException e) {
            accident.addSuppressed(e); // the database may be what went wrong
        }
    }

    private void print(Console console, Ran ran, @Nullable IssueReport report) {
        if (options().json()) {
            console.json(ran);
        } else if (report == null) {
            console.result("skipped: " + ran.skipped());
        } else {
            StatusCommand.print(console, report);
        }
    }
}
