package io.courant.cli;

import io.courant.audience.ImportReport;
import io.courant.audience.SubscriberCsv;
import io.courant.audience.Subscribers;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Adds or updates subscribers from a CSV file with a header: email, and if you like name, tags, state, joined.",
            "Rows that are wrong are named with line and reason, and left out."
        },
        footer = {"", "Example:", "  courant subscribers import readers.csv --dry-run"})
final class SubscribersImportCommand extends Operation {
    @Parameters(paramLabel = "FILE", description = "CSV; separated by comma, semicolon or tab.")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Says what would happen, changes nothing.")
    private boolean dryRun;

    SubscribersImportCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() throws IOException {
        Console console = console();
        Settings settings = dryRun ? options().settings().onCopy() : options().settings();
        try (Program.Session session = program().open(settings)) {
            ImportReport report = SubscriberCsv.read(
                    file,
                    session.get(Subscribers.class),
                    dryRun,
                    program().clock().instant());
            if (options().json()) {
                console.json(report);
            } else {
                print(console, report);
            }
            return report.refusedRows() == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private void print(Console console, ImportReport report) {
        report.refused().forEach(refused -> console.problem(file + ":" + refused.line() + ": " + refused.reason()));
        int unnamed = report.refusedRows() - report.refused().size();
        if (unnamed > 0) {
            console.problem("… and " + unnamed + " more");
        }
        if (!report.ignoredColumns().isEmpty()) {
            console.note("columns not used: " + String.join(", ", report.ignoredColumns()));
        }
        console.result("%s%d lines: %d added, %d updated, %d refused; %d of them suppressed"
                .formatted(
                        dryRun ? "dry run, nothing changed: " : "",
                        report.lines(),
                        report.merged().added(),
                        report.merged().updated(),
                        report.refusedRows(),
                        report.merged().suppressed()));
    }
}
