package io.courant.cli;

import io.courant.issue.IssueId;
import io.courant.job.Runs;
import io.courant.report.IssueReport;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compose",
        mixinStandardHelpOptions = true,
        description = "Makes an issue of what is new to a newsletter and freezes it with its recipients.",
        footer = {"", "Example:", "  courant compose deep-learning --dry-run"})
final class ComposeCommand extends Operation {
    @Parameters(paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Option(names = "--dry-run", description = "Composes and renders, freezes nothing.")
    private boolean dryRun;

    ComposeCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        options().jobFolder().load(name);
        try (Program.Session session = open("composing " + name, dryRun)) {
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
                    console.json(IssueView.of(report));
                } else {
                    StatusCommand.print(console, report);
                }
            }
            return ExitCode.DONE;
        }
    }
}
