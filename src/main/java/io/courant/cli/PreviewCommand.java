package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Lint;
import io.courant.delivery.MailParts;
import io.courant.delivery.Personalizer;
import io.courant.delivery.Press;
import io.courant.delivery.Press.Proof;
import io.courant.delivery.TokenSigner;
import io.courant.job.JobFile;
import io.courant.job.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        description = "Shows the next issue as one sample subscriber would get it. Reads the sources, keeps nothing.",
        footer = {
            "",
            "Examples:",
            "  courant preview deep-learning --out preview",
            "  courant preview deep-learning --test editor@example.org"
        })
final class PreviewCommand extends Operation {
    @Parameters(paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the files go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("preview");

    @Option(
            names = "--test",
            paramLabel = "ADDRESS",
            converter = AddressText.class,
            description = "Sends it to an editor, too, marked as a test. May be repeated.")
    private Set<EmailAddress> editors = new LinkedHashSet<>();

    PreviewCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() throws IOException {
        Console console = console();
        JobFile job = options().jobFolder().load(name);
        try (Program.Session session = program().open(options().settings().onCopy())) {
            Runs.Collected collected = session.get(Runs.class).collect(name);
            CollectCommand.tell(console, collected);
            Instant now = program().clock().instant();
            Proof proof = session.get(Press.class).proof(job.newsletter(), now);
            if (proof instanceof Proof.Skipped skipped) {
                if (options().json()) {
                    console.json(Map.of("skipped", skipped.reason()));
                } else {
                    console.result("skipped: " + skipped.reason());
                }
                return ExitCode.DONE;
            }
            Proof.Printed printed = (Proof.Printed) proof;
            Personalizer personalizer =
                    new Personalizer(job.newsletter(), printed.issue().id(), session.get(TokenSigner.class));
            Map<String, String> files = write(job, printed, personalizer, now);
            if (!editors.isEmpty()) {
                LintView.warn(console, Lint.of(printed, job.dkim(), session.get(TokenSigner.class)));
            }
            List<TestMail.Told> told = new TestMail(
                            job, personalizer, printed.issue().date())
                    .send(List.of(printed.variant().message()), editors, now);
            if (options().json()) {
                Map<String, Object> all = new LinkedHashMap<>(files);
                if (!editors.isEmpty()) {
                    all.put("tests", told);
                }
                console.json(all);
            } else {
                console.result(printed.rendering().subject());
                files.forEach((form, file) -> console.result("  " + form + ": " + file));
                TestMail.print(console, told);
            }
            return TestMail.exitCode(told);
        }
    }

    private Map<String, String> write(JobFile job, Proof.Printed printed, Personalizer personalizer, Instant joined)
            throws IOException {
        Files.createDirectories(out);
        Map<String, String> files = new LinkedHashMap<>();
        Path html = out.resolve(name + ".html");
        Path text = out.resolve(name + ".txt");
        Path eml = out.resolve(name + ".eml");
        byte[] message = printed.variant()
                .message()
                .signedWith(job.dkim(), printed.issue().date())
                .fill(personalizer.sample(joined))
                .bytes();
        MailParts parts = MailParts.of(message);
        Files.writeString(html, parts.html());
        Files.writeString(text, parts.text());
        Files.write(eml, message);
        files.put("html", html.toString());
        files.put("text", text.toString());
        files.put("eml", eml.toString());
        return files;
    }
}
