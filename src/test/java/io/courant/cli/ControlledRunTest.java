package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.Courant;
import io.courant.TestHome;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.lab.Step;
import io.courant.report.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that sends while another one, that of this test, pauses, resumes and stops what it sends, or while somebody
 * is impatient with it.
 */
class ControlledRunTest {
    private static final int SUBSCRIBERS = 2_000;

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.setClock(Instant.parse("2026-01-15T09:00:00Z"));
        home.subscribe(IntStream.range(0, SUBSCRIBERS)
                .mapToObj(i -> "reader%04d@example.org".formatted(i))
                .toArray(String[]::new));
        home.post("one.md", "One");
        home.relay().always(Step.DOT, "delay 4ms");
    }

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        home.close();
    }

    private Process run() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Courant.class.getName(),
                        "run",
                        "weekly")
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("COURANT_"));
        environment.put("COURANT_HOME", home.home().toString());
        home.address().ifPresent(database -> environment.put("COURANT_DATABASE", database.url()));
        environment.put("COURANT_JOBS", home.jobs().toString());
        environment.put("COURANT_TEMPLATES", home.templates().toString());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private String said(String stream) throws IOException {
        return Files.readString(folder.resolve(stream));
    }

    private Shell.Said courant(String... command) {
        return shell.courant(command).ending(ExitCode.DONE);
    }

    /** How long mail still comes after a change. */
    private Duration echo(Consumer<FrozenIssues> change) {
        return home.in(session -> {
            FrozenIssues issues = session.get(FrozenIssues.class); // opening takes none of the time
            change.accept(issues);
            long begin = System.nanoTime();
            long last = begin;
            int seen = taken();
            while (System.nanoTime() - begin < Duration.ofSeconds(3).toNanos()) {
                if (taken() > seen) {
                    seen = taken();
                    last = System.nanoTime();
                }
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            return Duration.ofNanos(last - begin);
        });
    }

    private int ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("the process has ended")
                .isTrue();
        return process.exitValue();
    }

    private int taken() {
        return home.relay().taken().size();
    }

    private void waitForMails(int atLeast) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> taken() >= atLeast);
    }

    private IssueId issue() {
        return home.in(session -> session.get(FrozenIssues.class).list("weekly"))
                .get(0);
    }

    /** Nothing more comes, and the ledger says what the relay says. */
    private void standsStill() {
        Account account = home.in(session -> TestHome.account(session, issue()));
        int atThisMoment = taken();
        assertThat(account.of(DeliveryState.ACCEPTED)).isEqualTo(atThisMoment);
        assertThat(account.of(DeliveryState.SENDING)).isZero();
        assertThat(account.of(DeliveryState.READY)).isPositive();
        assertThat(account.isBalanced()).isTrue();
        Awaitility.await().during(Duration.ofMillis(500)).until(() -> taken() == atThisMoment);
    }

    @Test
    void aRunIsPausedResumedAndStoppedFromOutsideAndNobodyGetsItTwice() throws IOException, InterruptedException {
        Process run = run();
        waitForMails(200);
        Shell.Said paused = courant("pause", "weekly");
        assertThat(paused.out()).contains("paused, 1 item; " + counts());
        assertThat(paused.err()).contains("process " + run.pid() + " was sending it, and waits");
        standsStill();
        assertThat(said("err")).contains("'courant resume " + issue() + "' lets it go on");
        assertThat(run.isAlive()).isTrue();
        int before = taken();

        assertThat(courant("resume", issue().value()).err()).contains("process " + run.pid() + " goes on with it");
        waitForMails(before + 100);

        IssueId issue = issue();
        Duration echo = echo(issues -> issues.pause(issue));
        System.err.println("ControlledRunTest: mail came for " + echo.toMillis() + " ms after a pause");
        assertThat(echo).isLessThan(Duration.ofSeconds(2));
        standsStill();
        before = taken();
        courant("resume", "weekly");
        waitForMails(before + 100);

        Shell.Said stopped = courant("stop", "weekly");
        assertThat(stopped.out()).contains("stopped, 1 item; " + counts());
        standsStill();
        assertThat(ended(run)).as(said("err")).isEqualTo(ExitCode.PARTLY_SENT);
        assertThat(said("out")).contains("stopped, 1 item; " + counts());

        assertThat(shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT).out())
                .isEqualToIgnoringNewLines(issue() + " is stopped; 'courant resume " + issue() + "' lets it go on");
        assertThat(courant("resume", "weekly").err())
                .contains("nobody is sending it now; 'courant send " + issue() + "' does");
        home.relay().always(Step.DOT, "delay 0ms");
        courant("send", "weekly");
        assertThat(home.relay().copies()).hasSize(SUBSCRIBERS);
        assertThat(taken()).as("nobody got it twice").isEqualTo(SUBSCRIBERS);
    }

    /** The account as the relay would give it. */
    private String counts() {
        return "%d candidates = %d ready + %d accepted".formatted(SUBSCRIBERS, SUBSCRIBERS - taken(), taken());
    }

    @Test
    void aSecondSignalEndsTheProcessAtOnceAndSaysWhatThatLeaves() throws IOException, InterruptedException {
        home.relay().always(Step.DOT, "delay 20s");
        Process run = run();
        waitForMails(1);
        run.destroy();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> said("err").contains("stopping: "));
        assertThat(run.isAlive()).as("it waits for the relay").isTrue();
        run.destroy();
        assertThat(run.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isEqualTo(143);
        assertThat(said("err"))
                .contains("ended at once: what was in flight is in doubt; 'courant send " + issue() + "' sees to it");
    }
}
