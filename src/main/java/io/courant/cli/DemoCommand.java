package io.courant.cli;

import io.courant.audience.Erasures;
import io.courant.audience.ImportOrder;
import io.courant.audience.SubscriberCsv;
import io.courant.audience.Subscribers;
import io.courant.delivery.Approvals;
import io.courant.delivery.MailParts;
import io.courant.delivery.Scope;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.job.Runs;
import io.courant.lab.FakeRelay;
import io.courant.lab.Manner;
import io.courant.report.IssueReport;
import io.courant.report.IssueView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Makes a newsletter from the sample posts and mails it to a mail server of its own, on this machine.",
        footer = {"", "Example:", "  courant demo"})
final class DemoCommand extends Operation {
    private static final String NEWSLETTER = "deep-learning";
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where everything goes (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("courant-demo");

    DemoCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() throws IOException {
        Console console = console();
        Path home = out.resolve(FOLDER.format(program().clock().instant())).toAbsolutePath();
        try (Interruption interruption = new Interruption();
                FakeRelay relay =
                        new FakeRelay().manner(Manner.PIPELINED_TOGETHER).forgetful();
                Program.Session session = Exclusive.open(program(), settings(home, relay.port()), "showing the demo")) {
            relay.save(home.resolve("mail")).start();
            console.note("a mail server of the demo's own listens on 127.0.0.1:" + relay.port());
            console.note(subscribers(session) + " sample subscribers imported");
            Runs runs = session.get(Runs.class);
            console.note(CollectCommand.words(runs.collect(NEWSLETTER)));
            IssueId issue = runs.compose(NEWSLETTER).issue().orElseThrow();
            IssueReport report =
                    new Sending(session, console, options().quiet(), interruption, Scope.ALL_DUE).send(issue);
            Map<String, String> shown = shown(home);
            if (options().json()) {
                console.json(Map.of("issue", IssueView.of(report, session.get(Approvals.class)), "files", shown));
            } else {
                StatusCommand.print(console, report);
                print(
                        console,
                        Issues.find(session, issue.value()).issue(),
                        shown,
                        relay.tally().copies());
            }
            return Sending.exitCode(report);
        }
    }

    private Settings settings(Path home, int port) throws IOException {
        return new Settings(
                home,
                Shipped.folder("jobs"),
                Shipped.folder("templates"),
                Map.of(),
                Map.of("relay.host", "127.0.0.1", "relay.port", String.valueOf(port), "relay.tls", "none"),
                false,
                options().settings().log());
    }

    private int subscribers(Program.Session session) throws IOException {
        Path csv = Shipped.folder("jobs").resolve("samples").resolve("subscribers.csv");
        return SubscriberCsv.read(
                        csv,
                        session.get(Subscribers.class),
                        session.get(Erasures.class),
                        ImportOrder.asIs(false, program().clock().instant()),
                        (row, rows) -> {})
                .merged()
                .added();
    }

    /** One of the mails as a file for each way to look at it. */
    private static Map<String, String> shown(Path home) throws IOException {
        Path eml;
        try (Stream<Path> mails = Files.list(home.resolve("mail"))) {
            eml = mails.min(Comparator.naturalOrder()).orElseThrow();
        }
        MailParts parts = MailParts.of(Files.readAllBytes(eml));
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put(
                "html",
                Files.writeString(home.resolve("issue.html"), parts.html()).toString());
        shown.put(
                "text",
                Files.writeString(home.resolve("issue.txt"), parts.text()).toString());
        shown.put("eml", eml.toString());
        return shown;
    }

    private static void print(Console console, Issue issue, Map<String, String> shown, long mails) {
        console.result("");
        ExplainCommand.explained(issue, List.of()).forEach(item -> ExplainCommand.print(console, item, false));
        console.result("");
        console.result(mails + " mails arrived. Look at one of them:");
        shown.forEach((form, file) -> console.result("  %-5s %s".formatted(form, file)));
    }
}
