package io.courant;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.lab.Audit;
import io.courant.lab.RelayLog;
import io.courant.report.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A {@link TestHome} where the program runs as cron starts it: in processes of its own, by the real clock. There is
 * something to send, and the relay keeps the log that an audit asks for.
 */
public final class ProcessHome implements AutoCloseable {
    private static final int RUNS = 200;

    private final Path folder;
    private final int subscribers;
    private final TestHome home;
    private final List<Process> processes = new ArrayList<>();

    public ProcessHome(Path folder, int subscribers) throws IOException {
        this.folder = folder;
        this.subscribers = subscribers;
        home = new TestHome(folder);
        home.setClock(Instant.parse("2026-01-15T09:00:00Z"));
        home.relay().log(RelayLog.open(relayLog(), home.program().clock()));
        home.subscribe(IntStream.range(0, subscribers)
                .mapToObj(i -> "reader%05d@example.org".formatted(i))
                .toArray(String[]::new));
        home.post("one.md", "One");
        home.post("two.md", "Two");
    }

    public TestHome home() {
        return home;
    }

    public int subscribers() {
        return subscribers;
    }

    private Path relayLog() {
        return folder.resolve("relay.log");
    }

    /** Starts the program. */
    public Process start(String... arguments) throws IOException {
        return start(Courant.class, arguments);
    }

    /** Starts the program by a main class that arranges something first. */
    public Process start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("COURANT_"));
        environment.put("COURANT_HOME", home.home().toString());
        home.address().ifPresent(database -> environment.put("COURANT_DATABASE", database.url()));
        environment.put("COURANT_JOBS", home.jobs().toString());
        environment.put("COURANT_TEMPLATES", home.templates().toString());
        environment.put("COURANT_SMTP_HOST", "127.0.0.1");
        environment.put("COURANT_SMTP_PORT", String.valueOf(home.relay().port()));
        environment.put("COURANT_SMTP_TLS", "none");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** What the process that was started last has said so far, on {@code out} or {@code err}. */
    public String said(String stream) throws IOException {
        return Files.readString(folder.resolve(stream));
    }

    /** Waits for the end of a process: its exit code. */
    public static int ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("the process has ended")
                .isTrue();
        return process.exitValue();
    }

    /** As kill -9 does; whether there was something to kill. */
    public static boolean kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        return ended(process) == 128 + 9;
    }

    /** Starts the program until it says that all is done; what is deferred or in doubt has its time. */
    public void runToTheEnd(String... arguments) throws IOException, InterruptedException {
        for (int i = 0; i < RUNS; i++) {
            int exitCode = ended(start(arguments));
            if (exitCode == 0) {
                return;
            }
            assertThat(exitCode).as(said("err")).isEqualTo(3);
            TimeUnit.MILLISECONDS.sleep(500); // another process lives by the real clock
        }
        throw new AssertionError("not done after " + RUNS + " runs: " + said("out"));
    }

    public IssueId onlyIssue() {
        List<IssueId> issues =
                home.in(session -> session.get(FrozenIssues.class).list(TestHome.WEEKLY));
        assertThat(issues).as("exactly one issue was made").hasSize(1);
        return issues.get(0);
    }

    public Account account() {
        IssueId issue = onlyIssue();
        return home.in(session -> TestHome.account(session, issue));
    }

    /** Holds the ledger against the relay's log; {@code open}: deliveries need not be final. */
    public Audit.Findings audit(boolean open) {
        IssueId issue = onlyIssue();
        return home.in(session -> {
            try {
                FrozenIssue frozen = session.get(FrozenIssues.class).find(issue).orElseThrow();
                return session.get(Audit.class).audit(frozen, relayLog(), open);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The audit that the promise is about: all are final, everybody has the issue, every second copy is explained. */
    public Audit.Findings everybodyGotItAndEverySecondCopyIsExplained() {
        Audit.Findings findings = audit(false);
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.lost()).isZero();
        assertThat(findings.unexplained()).isZero();
        assertThat(findings.inTheLog()).isEqualTo(subscribers);
        assertThat(account().of(DeliveryState.ACCEPTED)).isEqualTo(subscribers);
        return findings;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        home.close();
    }
}
