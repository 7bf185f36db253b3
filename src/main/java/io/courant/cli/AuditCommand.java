package io.courant.cli;

import io.courant.delivery.FrozenIssue;
import io.courant.lab.Audit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Holds the ledger of an issue against the log of the relay it was sent to ('courant relay --log').",
            "Who is accepted must have a copy, a second one must have a recorded reason and the same bytes, nobody else"
                    + " may have any, every delivery must be final and the database sound. Ends with 1 otherwise."
        },
        footer = {"", "Example:", "  courant audit deep-learning --relay-log relay.log"})
final class AuditCommand extends Operation {
    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    @Option(names = "--relay-log", required = true, paramLabel = "FILE", description = "What the relay took.")
    private Path relayLog = Path.of("");

    @Option(names = "--open", description = "The issue is not sent to its end yet: deliveries may wait.")
    private boolean open;

    AuditCommand(Program program) {
        super(program);
    }

    /** Findings as {@code --json} shows them; scripts rely on these names. */
    record Audited(
            String issue,
            long candidates,
            long inTheLog,
            long copies,
            long lost,
            long explained,
            long unexplained,
            List<String> violations) {}

    @Override
    public Integer call() throws IOException {
        // alone: half of what a sender is at would look like a violation
        try (Program.Session session = open("auditing " + issue, false)) {
            FrozenIssue found = Issues.find(session, issue);
            Audit.Findings findings = session.get(Audit.class).audit(found, relayLog, open);
            print(findings);
            return findings.violations().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private void print(Audit.Findings findings) {
        Console console = console();
        if (options().json()) {
            console.json(new Audited(
                    findings.issue().value(),
                    findings.candidates(),
                    findings.inTheLog(),
                    findings.copies(),
                    findings.lost(),
                    findings.explained(),
                    findings.unexplained(),
                    findings.violations()));
            return;
        }
        console.result("%s: %,d candidates, %,d in the log with %,d copies; %,d lost; second copies: %,d explained,"
                        .formatted(
                                findings.issue(),
                                findings.candidates(),
                                findings.inTheLog(),
                                findings.copies(),
                                findings.lost(),
                                findings.explained())
                + " %,d unexplained".formatted(findings.unexplained()));
        findings.violations().forEach(console::result);
        console.note(
                findings.violations().isEmpty()
                        ? "all is well"
                        : findings.violations().size() + " violations");
    }
}
