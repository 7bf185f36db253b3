package io.courant.cli;

import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.report.IssueReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Sends an issue, or goes on with one that was stopped or deferred. A finished issue is refused.",
        footer = {"", "Examples:", "  courant send deep-learning-2026-11-23", "  courant send deep-learning --dry-run"})
final class SendCommand extends Operation {
    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    @Option(names = "--dry-run", description = "Fills every message, opens no connection, writes nothing.")
    private boolean dryRun;

    SendCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Interruption interruption = new Interruption();
                Program.Session session = open("sending " + issue, dryRun)) {
            Headline found = Issues.headline(session, issue);
            IssueId id = found.id();
            if (dryRun) {
                print(console, new Rehearsal(session, program().clock()).rehearse(Issues.find(session, issue)));
                return ExitCode.DONE;
            }
            if (found.state().isHeld()) {
                console.problem(IssueView.held(found));
                return ExitCode.USAGE;
            }
            IssueReport report = new Sending(session, console, options().quiet(), interruption).send(id);
            if (options().json()) {
                console.json(IssueView.of(report));
            } else {
                StatusCommand.print(console, report);
            }
            return Sending.exitCode(report);
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
