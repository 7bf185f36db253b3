package io.courant.cli;

import io.courant.audience.Erasures;
import io.courant.audience.ImportOrder;
import io.courant.audience.ImportReport;
import io.courant.audience.SubscriberCsv;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.Merged;
import io.courant.job.SmallHeap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Adds or updates subscribers from a CSV file with a header: email, and if you like name, tags, state, joined.",
            "Exports of listmonk, Mailchimp, Substack, Ghost and Buttondown are read as they are.",
            "Rows that are wrong are named with line and reason, and left out. If it stops half-way, start it again."
        },
        footer = {"", "Example:", "  courant subscribers import readers.csv --dry-run"})
final class SubscribersImportCommand extends Operation {
    @Parameters(paramLabel = "FILE", description = "CSV; separated by comma, semicolon or tab.")
    private Path file = Path.of("");

    @Option(
            names = "--map",
            paramLabel = "WHAT=COLUMN",
            description = {
                "Which column holds what, if its name does not say: --map email=\"Private mail\".",
                "An empty name leaves out what would be taken: --map tags=. May be given several times."
            })
    private Map<String, String> columns = Map.of();

    @Option(
            names = "--consent",
            paramLabel = "WORDS",
            description = "What these people agreed to; kept with each who is added, as the proof.")
    private String consent = "";

    @Option(names = "--dry-run", description = "Says what would happen, changes nothing.")
    private boolean dryRun;

    SubscribersImportCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() throws IOException {
        Console console = console();
        Settings settings = dryRun ? options().settings().onCopy() : options().settings();
        ImportReport report;
        SmallHeap heap = new SmallHeap();
        try (Program.Session session = program().open(settings)) {
            report = SubscriberCsv.read(
                    file,
                    session.get(Subscribers.class),
                    session.get(Erasures.class),
                    new ImportOrder(columns, consent, dryRun, program().clock().instant()),
                    (row, rows) -> console.note("%,d of %,d rows".formatted(row, rows)));
            if (!dryRun) {
                Operator.note(
                        session,
                        "subscribers import",
                        "",
                        report.merged().added() + " added, " + report.merged().updated() + " updated");
            }
        } finally {
            heap.release();
        }
        if (options().json()) {
            console.json(report);
        } else {
            print(console, report);
        }
        return report.isComplete() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(Console console, ImportReport report) {
        report.refused().forEach(refused -> console.problem(file + ":" + refused.line() + ": " + refused.reason()));
        int unnamed = report.refusedRows() - report.refused().size();
        if (unnamed > 0) {
            console.problem("… and " + unnamed + " more");
        }
        if (report.program() != null) {
            console.note("exported by " + report.program());
        }
        List<String> taken = report.columns().stream()
                .filter(use -> !use.column().equals(use.holds()))
                .map(use -> use.column() + " as " + use.holds())
                .toList();
        if (!taken.isEmpty()) {
            console.note("columns read: " + String.join(", ", taken));
        }
        if (!report.ignoredColumns().isEmpty()) {
            console.note("columns not used: " + String.join(", ", report.ignoredColumns()));
        }
        console.result((dryRun ? "dry run, nothing changed: " : "") + outcome(report));
    }

    private static String outcome(ImportReport report) {
        Merged merged = report.merged();
        return Console.count(report.lines(), "line") + ": " + merged.added() + " added, " + merged.updated()
                + " updated"
                + unlessNone(merged.unchanged(), "here already")
                + unlessNone(report.duplicates(), "merged with another line")
                + ", " + report.refusedRows() + " refused; " + merged.suppressed() + " of them suppressed"
                + unlessNone(merged.unsubscribed(), "unsubscribed");
    }

    private static String unlessNone(int count, String what) {
        return count == 0 ? "" : ", " + count + " " + what;
    }
}
