package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Approvals;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.Headline;
import io.courant.delivery.Ledger;
import io.courant.delivery.Lint;
import io.courant.delivery.Scope;
import io.courant.delivery.TokenSigner;
import io.courant.issue.IssueId;
import io.courant.job.JobFile;
import io.courant.job.JobFolder;
import io.courant.job.Onlooker;
import io.courant.job.TestCopies;
import io.courant.job.TestView;
import io.courant.report.Account;
import io.courant.report.IssueReport;
import io.courant.report.IssueView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Sends an issue, or goes on with one that was stopped or deferred. A finished issue is refused.",
        footer = {
            "",
            "Examples:",
            "  courant send deep-learning-2026-11-23",
            "  courant send deep-learning --limit 1000",
            "  courant send deep-learning --only ada@example.org",
            "  courant send deep-learning --dry-run"
        })
final class SendCommand extends Operation {
    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    @Option(names = "--dry-run", description = "Fills every message, opens no connection, writes nothing.")
    private boolean dryRun;

    @Option(names = "--now", description = "Sends in quiet hours, too.")
    private boolean now;

    @Mixin
    private final Limit limit = new Limit();

    @Option(
            names = "--only",
            paramLabel = "ADDRESS",
            converter = AddressText.class,
            description = "Sends to this recipient only, whether due or not. May be repeated.")
    private Set<EmailAddress> only = new LinkedHashSet<>();

    @Option(
            names = "--test",
            paramLabel = "ADDRESS",
            converter = AddressText.class,
            description = "Sends a copy that is marked as a test to an editor, and nothing else. May be repeated.")
    private Set<EmailAddress> editors = new LinkedHashSet<>();

    SendCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        if (!editors.isEmpty()) {
            return test(console);
        }
        try (Interruption interruption = new Interruption();
                Program.Session session = openToSend("sending " + issue, dryRun)) {
            Headline found = Issues.headline(session, issue);
            IssueId id = found.id();
            if (dryRun) {
                print(console, new Rehearsal(session, program().clock()).rehearse(Issues.find(session, issue)));
                return ExitCode.DONE;
            }
            if (found.state() == FrozenIssue.State.CANCELLED) {
                throw new IllegalArgumentException(id + " was cancelled; nothing more of it is sent");
            }
            if (found.state().isHeld()) {
                console.problem(IssueView.held(found));
                return ExitCode.PARTLY_SENT;
            }
            if (now) {
                session.get(Onlooker.class).disregardQuietHours();
            }
            checkRecipients(console, session.get(Ledger.class), id);
            Scope scope = new Scope(limit.messages(), only);
            IssueReport report = new Sending(session, console, options().quiet(), interruption, scope).send(id);
            if (options().json()) {
                console.json(IssueView.of(report, session.get(Approvals.class)));
            } else {
                StatusCommand.print(console, report);
            }
            return Sending.exitCode(report);
        }
    }

    private int test(Console console) {
        if (dryRun || limit.isSet() || !only.isEmpty()) {
            throw new ParameterException(
                    spec().commandLine(), "--test sends to an editor only: leave out --dry-run, --limit and --only");
        }
        try (Program.Session session = openToSend()) {
            FrozenIssue found = Issues.find(session, issue);
            JobFile job = session.get(JobFolder.class).load(found.issue().newsletter());
            Operator.note(session, "send --test", found.issue().id().value(), "");
            LintView.warn(console, Lint.of(found, job.dkim(), session.get(TokenSigner.class)));
            List<TestView> told = session.get(TestCopies.class).send(job, found, found.variants(), editors).stream()
                    .map(TestView::of)
                    .toList();
            if (options().json()) {
                console.json(told);
            } else {
                TestMail.print(console, told);
            }
            return TestMail.exitCode(told);
        }
    }

    private void checkRecipients(Console console, Ledger ledger, IssueId id) {
        for (EmailAddress address : only) {
            DeliveryState state = ledger.find(id, address)
                    .orElseThrow(() -> new IllegalArgumentException(
                            address + " is no recipient of " + id + "; 'courant who " + id + "' lists them"))
                    .state();
            if (state != DeliveryState.READY && state != DeliveryState.DEFERRED) {
                console.problem(address + " is " + Account.words(state) + "; nothing is sent there");
            }
        }
    }

    private void print(Console console, Rehearsal.Rehearsed rehearsed) {
        if (options().json()) {
            console.json(rehearsed);
        } else {
            console.result("%s: would send %,d messages, %,d bytes in all"
                    .formatted(rehearsed.issue(), rehearsed.messages(), rehearsed.bytes()));
        }
    }
}
