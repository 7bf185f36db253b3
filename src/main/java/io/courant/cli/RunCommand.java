package io.courant.cli;

import io.courant.delivery.Headline;
import io.courant.delivery.Scope;
import io.courant.issue.IssueId;
import io.courant.job.JobFolder;
import io.courant.job.Messenger;
import io.courant.job.Onlooker;
import io.courant.job.Runs;
import io.courant.job.Turn;
import io.courant.report.Account;
import io.courant.report.IssueReport;
import io.courant.report.IssueView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Collects, composes and sends: what cron calls.",
            "A newsletter whose job file has 'cron' or 'when' gets an issue only when one is due.",
            "An issue that an earlier run left unfinished is sent to its end first; it is safe to call this as often"
                    + " as one likes."
        },
        footer = {"", "Examples:", "  courant run --all", "  courant run deep-learning --now --json"})
final class RunCommand extends Operation {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The newsletter: its job file without .yaml. Without it, all that have a 'cron' or 'when'.")
    private @Nullable String name;

    @Option(names = "--all", description = "All newsletters that have a 'cron' or 'when': for one line of cron.")
    private boolean all;

    @Option(names = "--now", description = "Makes an issue although none is due, and sends in quiet hours, too.")
    private boolean now;

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
        static Ran without(String newsletter, String state, String reason, Runs.Collected collected) {
            return new Ran(
                    newsletter,
                    null,
                    reason,
                    null,
                    state,
                    0,
                    0,
                    0,
                    IssueView.deliveries(Account.EMPTY),
                    collected.kept(),
                    collected.problems());
        }

        static Ran of(IssueReport report, Runs.Collected collected) {
            Headline issue = report.issue();
            return new Ran(
                    issue.newsletter(),
                    issue.id().value(),
                    null,
                    issue.subject(),
                    IssueView.name(issue.state()),
                    issue.items(),
                    issue.carriedOver(),
                    issue.variants(),
                    IssueView.deliveries(report.deliveries()),
                    collected.kept(),
                    collected.problems());
        }
    }

    @Override
    public Integer call() {
        if (name == null) {
            checkAll();
        } else if (all) {
            throw new ParameterException(spec().commandLine(), "--all runs whatever is due: leave out NAME");
        }
        List<String> names = name == null ? options().jobFolder().names() : List.of(name);
        if (name != null) {
            options().jobFolder().load(name); // what is wrong with it is said before anything is locked
        }
        try (Interruption interruption = new Interruption();
                Program.Session session =
                        openToSend(name == null ? "running what is due" : "running " + name, dryRun)) {
            if (now) {
                session.get(Onlooker.class).disregardQuietHours();
            }
            Sending sending = new Sending(
                    session, console(), options().quiet(), interruption, new Scope(limit.messages(), Set.of()));
            Turn turn = Turns.in(session);
            int code = name != null
                    ? run(session, turn, sending, interruption, name)
                    : runAll(session, turn, sending, interruption, names);
            if (!dryRun && !interruption.happened()) {
                session.get(Messenger.class).round().forEach(console()::problem);
            }
            return code;
        }
    }

    private int runAll(
            Program.Session session, Turn turn, Sending sending, Interruption interruption, List<String> names) {
        return names.stream()
                .takeWhile(each -> !interruption.happened())
                .mapToInt(each -> runIfScheduled(session, turn, sending, interruption, each))
                .reduce(ExitCode.DONE, ExitCode::worse);
    }

    private void checkAll() {
        if (now || dryRun || limit.isSet()) {
            throw new ParameterException(
                    spec().commandLine(), "--now, --dry-run and --limit are for one newsletter: name it");
        }
    }

    /** Trouble with one newsletter is told, and the others have their turn. */
    private int runIfScheduled(
            Program.Session session, Turn turn, Sending sending, Interruption interruption, String newsletter) {
        try {
            return session.get(JobFolder.class).load(newsletter).schedule() == null
                    ? ExitCode.DONE
                    : run(session, turn, sending, interruption, newsletter);
        } catch (RuntimeException e) {
            return new Accidents(program()).tell(e, spec().commandLine(), newsletter + ": ");
        }
    }

    private int run(Program.Session session, Turn turn, Sending sending, Interruption interruption, String newsletter) {
        Attendant attendant = new Attendant(session, sending, interruption, newsletter);
        Turn.Ended ended = turn.take(
                session.get(JobFolder.class).load(newsletter), new Turn.Manner(now, strict, dryRun), attendant);
        tell(newsletter, ended);
        return switch (ended.end()) {
            case UNREAD -> ExitCode.UNREACHABLE;
            case HELD -> ExitCode.PARTLY_SENT;
            default -> ended.onTime() ? ExitCode.DONE : ExitCode.PARTLY_SENT;
        };
    }

    private void tell(String newsletter, Turn.Ended ended) {
        Console console = console();
        IssueReport report = ended.report();
        switch (ended.end()) {
            case UNREAD -> print(newsletter, ended.collected(), null, "skipped", ended.words());
            case NOT_DUE -> {
                console.note(newsletter + ": " + ended.words());
                if (report != null || options().json()) {
                    print(newsletter, ended.collected(), report, "notDue", ended.words());
                }
            }
            case SKIPPED -> {
                console.note("skipped: " + ended.words());
                print(newsletter, ended.collected(), report, "skipped", ended.words());
            }
            case REHEARSED -> {
                console.note("a dry run: nothing is kept or sent");
                print(newsletter, ended.collected(), report, "", "");
            }
            case AWAITS_APPROVAL -> {
                print(newsletter, ended.collected(), report, "", "");
                console.note("it awaits approval: courant approve "
                        + Objects.requireNonNull(report).issue().id());
            }
            case HELD -> {
                String held = IssueView.held(Objects.requireNonNull(report).issue());
                if (options().json()) {
                    print(newsletter, ended.collected(), report, "", "");
                    console.note(held);
                } else {
                    console.result(held);
                }
            }
            case DONE, QUIET, STOPPED -> print(newsletter, ended.collected(), report, "", "");
        }
    }

    private void print(
            String newsletter, Runs.Collected collected, @Nullable IssueReport report, String state, String words) {
        Console console = console();
        if (options().json()) {
            Ran ran = report == null ? Ran.without(newsletter, state, words, collected) : Ran.of(report, collected);
            if (name == null) {
                console.jsonLine(ran);
            } else {
                console.json(ran);
            }
        } else if (report == null) {
            console.result("skipped: " + words);
        } else {
            StatusCommand.print(console, report);
        }
    }

    /** Shows whoever typed the command how the turn goes. */
    private final class Attendant implements Turn.Company {
        private final Program.Session session;
        private final Sending sending;
        private final Interruption interruption;
        private final String newsletter;

        Attendant(Program.Session session, Sending sending, Interruption interruption, String newsletter) {
            this.session = session;
            this.sending = sending;
            this.interruption = interruption;
            this.newsletter = newsletter;
            session.get(Onlooker.class).listen(this::note);
        }

        @Override
        public void returned(Runs.Returned returned) {
            returned.problems().forEach(this::problem);
            note(BouncesReadCommand.words(returned));
        }

        @Override
        public void collected(Runs.Collected collected) {
            CollectCommand.tell(console(), collected);
            note(CollectCommand.words(collected));
        }

        @Override
        public void note(String line) {
            console().note(line);
        }

        @Override
        public void problem(String line) {
            console().problem(line);
        }

        /** Sends; when that ends in an accident, shows how far it got. */
        @Override
        public IssueReport send(IssueId issue, Runs.Collected collected) {
            try {
                return sending.send(issue);
            } catch (RuntimeException e) {
                tellHowFar(issue, collected, e);
                throw e;
            } finally {
                session.get(Onlooker.class).listen(this::note);
            }
        }

        private void tellHowFar(IssueId issue, Runs.Collected collected, RuntimeException accident) {
            try {
                print(newsletter, collected, Issues.report(session, issue), "", "");
                note("nothing is lost; 'courant run " + newsletter + "' goes on");
            } catch (RuntimeException e) {
                accident.addSuppressed(e); // the database may be what went wrong
            }
        }

        @Override
        public boolean isSpent() {
            return sending.isSpent();
        }

        @Override
        public boolean isInterrupted() {
            return interruption.happened();
        }
    }
}
