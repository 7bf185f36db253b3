package io.courant.cli;

import io.courant.delivery.Approvals;
import io.courant.issue.IssueId;
import io.courant.job.Canceller;
import io.courant.job.Drafts;
import io.courant.job.Runs;
import io.courant.report.IssueReport;
import io.courant.report.IssueView;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compose",
        mixinStandardHelpOptions = true,
        description = "Makes an issue of what is new to a newsletter and freezes it with its recipients.",
        footer = {
            "",
            "Examples:",
            "  courant compose deep-learning --dry-run",
            "  courant compose deep-learning --again"
        })
final class ComposeCommand extends Operation {
    @Parameters(paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Option(names = "--dry-run", description = "Composes and renders, freezes nothing.")
    private boolean dryRun;

    @Option(
            names = "--again",
            description = "Cancels the newsletter's frozen issue, if nothing of it was sent, and makes it anew with all"
                    + " that was edited since. Its approvals are void.")
    private boolean again;

    ComposeCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        options().jobFolder().load(name);
        try (Program.Session session = open("composing " + name, dryRun)) {
            if (again) {
                giveUp(console, session);
            }
            Runs.Composed composed = session.get(Runs.class).compose(name);
            Optional<IssueId> issue = composed.issue();
            if (issue.isEmpty()) {
                if (options().json()) {
                    console.json(Map.of("newsletter", name, "skipped", composed.skipped()));
                } else {
                    console.result("skipped: " + composed.skipped());
                }
            } else {
                IssueReport report = Issues.report(session, issue.get());
                if (options().json()) {
                    console.json(IssueView.of(report, session.get(Approvals.class)));
                } else {
                    StatusCommand.print(console, report);
                }
            }
            return ExitCode.DONE;
        }
    }

    private void giveUp(Console console, Program.Session session) {
        IssueId frozen = session.get(Drafts.class)
                .unsent(name)
                .orElseThrow(() -> new IllegalArgumentException(name + " has no frozen issue of which nothing was sent;"
                        + " 'courant compose " + name + "' makes the next"));
        session.get(Canceller.class).end(frozen).archive().ifPresent(console::problem);
        Operator.note(session, "compose --again", frozen.value(), "");
        console.note(frozen + " is cancelled, and made anew");
    }
}
