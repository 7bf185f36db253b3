package io.courant.cli;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.Lint;
import io.courant.delivery.TokenSigner;
import io.courant.job.Drafts;
import io.courant.job.JobFile;
import io.courant.job.JobFolder;
import io.courant.job.Preview;
import io.courant.job.Runs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at a mail as it would be sent, and tells what readers, mail programs or filters would stumble over.",
            "What has errors is not sent. The next issue is made as by 'courant preview', which keeps nothing."
        },
        footer = {
            "",
            "Examples:",
            "  courant lint deep-learning",
            "  courant lint deep-learning-2026-11-23 --strict",
            "  courant lint mail.eml --json"
        })
final class LintCommand extends Operation {
    @Parameters(
            paramLabel = "NAME|ISSUE|FILE",
            description = "A newsletter, for its next issue; the id of an issue; or a message in a file, NAME.eml.")
    private String named = "";

    @Option(names = "--strict", description = "Ends with 1 for warnings, too.")
    private boolean strict;

    LintCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() throws IOException {
        Optional<LintView> found = named.endsWith(".eml")
                ? Optional.of(file(Path.of(named)))
                : Issues.isId(named) ? Optional.of(issue()) : next();
        if (found.isEmpty()) {
            return ExitCode.DONE;
        }
        LintView view = found.get();
        if (options().json()) {
            console().json(view);
        } else {
            view.print(console());
        }
        return view.errors() > 0 || (strict && view.warnings() > 0) ? ExitCode.FAILED : ExitCode.DONE;
    }

    private LintView file(Path file) throws IOException {
        byte[] message = Files.readAllBytes(file);
        String text = new String(message, StandardCharsets.ISO_8859_1);
        if (text.indexOf('\r') < 0) { // as programs save mail on Unix; on its way it has CRLF
            message = text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        }
        return LintView.of(file.toString(), Lint.of(message, Set.of()));
    }

    private LintView issue() {
        try (Program.Session session = open()) {
            FrozenIssue found = Issues.find(session, named);
            JobFile job = session.get(JobFolder.class).load(found.issue().newsletter());
            return LintView.of(named, Lint.of(found, job.dkim(), session.get(TokenSigner.class)));
        }
    }

    /** The issue that would come next; nothing when there is nothing new. */
    private Optional<LintView> next() {
        Console console = console();
        JobFile job = options().jobFolder().load(named);
        try (Program.Session session = program().open(options().settings().onCopy())) {
            CollectCommand.tell(console, session.get(Runs.class).collect(named));
            Preview preview =
                    session.get(Drafts.class).preview(job, program().clock().instant());
            if (preview instanceof Preview.Ready ready) {
                return Optional.of(LintView.of(ready.proof().issue().id().value(), ready.flaws()));
            }
            String reason = ((Preview.Nothing) preview).reason();
            if (options().json()) {
                console.json(Map.of("skipped", reason));
            } else {
                console.result("skipped: " + reason);
            }
            return Optional.empty();
        }
    }
}
