package io.courant.cli;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.editor.AuditLog;
import io.courant.lab.Audit;
import io.courant.report.ActView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Lists who did what, when, from where; the newest first. Nothing in this log is ever changed or deleted.",
            "With --verify: looks whether that is so. Ends with 1 otherwise.",
            "With --relay-log: holds the ledger of an issue against the log of the relay it was sent to ('courant relay"
                    + " --log'). Who is accepted must have a copy, a second one must have a recorded reason and the same"
                    + " bytes, nobody else may have any, every delivery must be final and the database sound. Ends with"
                    + " 1 otherwise."
        },
        footer = {
            "",
            "Examples:",
            "  courant audit --since 2026-11-01 --by ada",
            "  courant audit deep-learning-2026-11-23",
            "  courant audit --verify",
            "  courant audit deep-learning --relay-log relay.log"
        })
final class AuditCommand extends Operation {
    @Parameters(
            arity = "0..1",
            paramLabel = "ISSUE",
            description =
                    "An issue's id, or a newsletter's name for its newest issue. Of the log: also an editor's name,"
                            + " or what else the log shows as done to.")
    private @Nullable String issue;

    @Option(names = "--relay-log", paramLabel = "FILE", description = "What the relay took.")
    private @Nullable Path relayLog;

    @Option(names = "--open", description = "The issue is not sent to its end yet: deliveries may wait.")
    private boolean open;

    @Option(names = "--verify", description = "Checks every entry of the log against the one before it.")
    private boolean verify;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            converter = BouncesCommand.Midnight.class,
            description = "Only what was done since this date (UTC), such as 2026-11-01.")
    private @Nullable Instant since;

    @Option(names = "--by", paramLabel = "WHO", description = "Only what this editor or user did.")
    private @Nullable String by;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.AtLeastOne.class,
            description = "How many of the newest to show (default: ${DEFAULT-VALUE}).")
    private long limit = 50;

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

    /** What became of the log, as {@code --json} shows it; scripts rely on these names. */
    record Verified(long acts, @Nullable Long broken, String last) {}

    @Override
    public Integer call() throws IOException {
        if (relayLog != null) {
            if (issue == null) {
                throw new ParameterException(
                        spec().commandLine(),
                        "--relay-log: say which issue, as in 'courant audit ISSUE --relay-log …'");
            }
            return hold(issue, relayLog);
        }
        if (open) {
            throw new ParameterException(spec().commandLine(), "--open says something about an issue and --relay-log");
        }
        return verify ? verify() : list();
    }

    private int list() {
        Console console = console();
        try (Program.Session session = open()) {
            AuditLog.Filter filter =
                    new AuditLog.Filter(issue == null ? null : subject(session, issue), since, by, null, (int)
                            Math.min(limit, Integer.MAX_VALUE));
            List<ActView> acts = session.get(AuditLog.class).list(filter).stream()
                    .map(ActView::of)
                    .toList();
            if (options().json()) {
                console.json(acts);
            } else if (acts.isEmpty()) {
                console.note("nothing was noted"
                        + (filter.equals(AuditLog.Filter.newest(filter.limit())) ? " yet" : " of that"));
            } else {
                acts.forEach(act -> console.result(act.line()));
            }
            return ExitCode.DONE;
        }
    }

    private static String subject(Program.Session session, String named) {
        return session.get(FrozenIssues.class).list(named).stream()
                .findFirst()
                .map(Object::toString)
                .orElse(named);
    }

    private int verify() {
        Console console = console();
        try (Program.Session session = open()) {
            AuditLog.Finding finding = session.get(AuditLog.class).verify();
            Long broken = finding.broken();
            if (options().json()) {
                console.json(new Verified(finding.acts(), broken, finding.last().hex()));
            } else if (broken == null) {
                console.result("%,d acts, each as it was written; the last seal is %s"
                        .formatted(finding.acts(), finding.last().hex()));
            }
            if (broken != null) {
                console.problem("act " + broken + " is not as it was written, or one before it is missing: somebody has"
                        + " changed the database by hand; compare with a backup");
            } else {
                console.note("who can write the database could forge all of it: keep the last seal elsewhere, and"
                        + " compare");
            }
            return broken == null ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private int hold(String named, Path log) throws IOException {
        // alone: half of what a sender is at would look like a violation
        try (Program.Session session = open("auditing " + named, false)) {
            FrozenIssue found = Issues.find(session, named);
            Audit.Findings findings = session.get(Audit.class).audit(found, log, open);
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
