package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Press.Proof;
import io.courant.job.Drafts;
import io.courant.job.JobFile;
import io.courant.job.Preview;
import io.courant.job.Runs;
import io.courant.job.TestCopies;
import io.courant.job.TestView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
            "  courant preview deep-learning --png --open",
            "  courant preview deep-learning --test editor@example.org"
        })
final class PreviewCommand extends Operation {
    @Parameters(paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the files go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("preview");

    @Option(
            names = "--png",
            description =
                    "Takes pictures of the mail, too, 600 and 320 pixels wide, light and dark. Needs Chromium, Chrome or"
                            + " Edge (or COURANT_BROWSER); what the mail would load from the web is not in them.")
    private boolean pictures;

    @Option(names = "--open", description = "Opens the HTML in your browser.")
    private boolean open;

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
        JobFile job = options().jobFolder().load(name);
        if (editors.isEmpty()) {
            return preview(job, printed -> List.of());
        }
        try (Program.Session home = openToSend()) { // what is previewed is a copy, which must not send
            return preview(job, printed -> test(home, job, printed));
        }
    }

    private List<TestView> test(Program.Session home, JobFile job, Proof.Printed printed) {
        Operator.note(home, "preview --test", name, "");
        return home.get(TestCopies.class).send(job, printed, editors).stream()
                .map(TestView::of)
                .toList();
    }

    /** @param tests sends what was made to whoever is to see it */
    private int preview(JobFile job, Function<Proof.Printed, List<TestView>> tests) throws IOException {
        Console console = console();
        Browser browser = pictures ? Browser.find(options().settings().environment()) : null;
        try (Program.Session session = program().open(options().settings().onCopy())) {
            Runs.Collected collected = session.get(Runs.class).collect(name);
            CollectCommand.tell(console, collected);
            Instant now = program().clock().instant();
            Preview preview = session.get(Drafts.class).preview(job, now);
            if (preview instanceof Preview.Nothing nothing) {
                if (options().json()) {
                    console.json(Map.of("skipped", nothing.reason()));
                } else {
                    console.result("skipped: " + nothing.reason());
                }
                return ExitCode.DONE;
            }
            Preview.Ready ready = (Preview.Ready) preview;
            Map<String, String> files = write(ready);
            if (browser != null) {
                files.putAll(pictures(browser));
            }
            if (open) {
                open(console);
            }
            if (!editors.isEmpty()) {
                LintView.warn(console, ready.flaws());
            }
            List<TestView> told = tests.apply(ready.proof());
            if (options().json()) {
                Map<String, Object> all = new LinkedHashMap<>(files);
                if (!editors.isEmpty()) {
                    all.put("tests", told);
                }
                console.json(all);
            } else {
                console.result(ready.subject());
                files.forEach((form, file) -> console.result("  " + form + ": " + file));
                TestMail.print(console, told);
            }
            return TestMail.exitCode(told);
        }
    }

    private Map<String, String> write(Preview.Ready ready) throws IOException {
        Files.createDirectories(out);
        Map<String, String> files = new LinkedHashMap<>();
        Path html = out.resolve(name + ".html");
        Path text = out.resolve(name + ".txt");
        Path eml = out.resolve(name + ".eml");
        Files.writeString(html, ready.html());
        Files.writeString(text, ready.text());
        Files.writeString(eml, ready.source());
        files.put("html", html.toString());
        files.put("text", text.toString());
        files.put("eml", eml.toString());
        return files;
    }

    private Map<String, String> pictures(Browser browser) throws IOException {
        String html = Files.readString(out.resolve(name + ".html"));
        Map<String, String> files = new LinkedHashMap<>();
        for (int width : new int[] {600, 320}) {
            for (String scheme : List.of("light", "dark")) {
                Path png = out.resolve(name + "-" + width + "-" + scheme + ".png");
                browser.picture(html, width, scheme.equals("dark"), png);
                files.put("png-" + width + "-" + scheme, png.toString());
            }
        }
        return files;
    }

    /** Hands the HTML to whatever opens such files on this machine. */
    private void open(Console console) {
        Path html = out.resolve(name + ".html").toAbsolutePath();
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> opener = system.contains("win")
                ? List.of("rundll32", "url.dll,FileProtocolHandler")
                : List.of(system.contains("mac") ? "open" : "xdg-open");
        List<String> command = new ArrayList<>(opener);
        command.add(html.toString());
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            console.problem("cannot open it here (" + opener.get(0) + " is not installed); open " + html.toUri()
                    + " in a browser");
        }
    }
}
