package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.cli.Shell;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.lab.Audit;
import io.courant.lab.FakeRelay;
import io.courant.lab.RelayLog;
import io.courant.report.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An issue on its way to so many readers, what is done to it, and what has to be true of it in the end. */
final class Trial implements AutoCloseable {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int PARTLY_SENT = 3;
    static final int INVALID = 4;
    static final int TRY_AGAIN = 75;

    private static final int RUNS = 60;

    private final Path folder;
    private final TestHome home;
    private final Shell shell;
    private final List<CourantProcess> processes = new ArrayList<>();

    Trial(Path folder, int readers) throws IOException {
        this(folder, IntStream.range(0, readers).mapToObj(Trial::reader).toArray(String[]::new));
    }

    Trial(Path folder, String... readers) throws IOException {
        this.folder = folder;
        this.home = new TestHome(folder);
        this.shell = new Shell(home);
        home.relay().log(RelayLog.open(relayLog(), home.program().clock()));
        home.subscribe(readers);
        home.post("one.md", "One");
    }

    static String reader(int number) {
        return "reader%03d@example.org".formatted(number);
    }

    TestHome home() {
        return home;
    }

    FakeRelay relay() {
        return home.relay();
    }

    private Path relayLog() {
        return folder.resolve("relay.log");
    }

    /** A run in this process, by the clock of the home. */
    Shell.Said run(String... more) {
        return shell.courant(line(List.of("run", TestHome.WEEKLY), more));
    }

    /** Any command in this process. */
    Shell.Said courant(String... line) {
        return shell.courant(line);
    }

    /** A run as a process, by the clock of the system, with little patience. */
    CourantProcess start(CourantProcess.Start how, String... more) throws IOException {
        CourantProcess process = CourantProcess.start(
                how,
                home,
                folder,
                line(
                        List.of(
                                "run",
                                TestHome.WEEKLY,
                                "--set",
                                "delivery.in-doubt-after=1s",
                                "--set",
                                "delivery.in-doubt-times=9",
                                "--set",
                                "delivery.retry=1s",
                                "--set",
                                "delivery.claims=20"),
                        more));
        processes.add(process);
        return process;
    }

    private static String[] line(List<String> begin, String... more) {
        return Stream.concat(begin.stream(), Stream.of(more)).toArray(String[]::new);
    }

    void waitForMails(int atLeast) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> relay().taken().size() >= atLeast);
    }

    /** Runs until all is done, an hour after the other. */
    void runToTheEnd(String... more) {
        for (int i = 0; i < RUNS; i++) {
            Shell.Said said = run(more);
            if (said.exitCode() == DONE) {
                return;
            }
            said.ending(PARTLY_SENT);
            home.advance(Duration.ofHours(1));
        }
        throw new AssertionError("not done after " + RUNS + " runs");
    }

    /** Starts processes until one says that all is done. */
    void startToTheEnd(CourantProcess.Start how, String... more) throws IOException, InterruptedException {
        for (int i = 0; i < RUNS; i++) {
            CourantProcess process = start(how, more);
            if (process.ended() == DONE) {
                return;
            }
            process.ending(PARTLY_SENT);
            TimeUnit.MILLISECONDS.sleep(500); // another process lives by the real clock
        }
        throw new AssertionError("not done after " + RUNS + " runs");
    }

    /** Goes on where a process left something open. */
    void startToTheEndUnlessDone(CourantProcess process) throws IOException, InterruptedException {
        if (process.ended() != DONE) {
            startToTheEnd(CourantProcess.Start.USUAL);
        }
    }

    IssueId issue() {
        List<IssueId> issues =
                home.in(session -> session.get(FrozenIssues.class).list(TestHome.WEEKLY));
        assertThat(issues).as("exactly one issue was made").hasSize(1);
        return issues.get(0);
    }

    Account account() {
        IssueId issue = issue();
        return home.in(session -> TestHome.account(session, issue));
    }

    long count(DeliveryState state) {
        return account().of(state);
    }

    /** Nobody is lost, and there is a reason for every second copy. */
    Audit.Findings audit() {
        IssueId issue = issue();
        Audit.Findings findings = home.in(session -> {
            try {
                FrozenIssue frozen = session.get(FrozenIssues.class).find(issue).orElseThrow();
                return session.get(Audit.class).audit(frozen, relayLog(), false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.lost()).isZero();
        assertThat(findings.unexplained()).isZero();
        return findings;
    }

    /** {@link #audit}, and everybody has it. */
    Audit.Findings auditOfAll() {
        Audit.Findings findings = audit();
        assertThat(findings.inTheLog()).isEqualTo(findings.candidates());
        assertThat(count(DeliveryState.ACCEPTED)).isEqualTo(findings.candidates());
        return findings;
    }

    @Override
    public void close() {
        processes.forEach(CourantProcess::kill);
        home.close();
    }
}
