package io.courant;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.lab.Audit;
import io.courant.lab.RelayLog;
import io.courant.lab.Step;
import io.courant.report.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program as cron starts it, in processes of its own that are killed, interrupted and met by others. */
class KilledRunTest {
    private static final int SUBSCRIBERS = 300;
    private static final int KILLS = 6;
    private static final int RUNS = 60;

    @TempDir
    private Path folder;

    private TestHome home;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder);
        home.setClock(Instant.parse("2026-01-15T09:00:00Z"));
        home.relay().log(RelayLog.open(relayLog(), home.program().clock()));
        home.subscribe(IntStream.range(0, SUBSCRIBERS)
                .mapToObj(i -> "reader%03d@example.org".formatted(i))
                .toArray(String[]::new));
        home.post("one.md", "One");
        home.post("two.md", "Two");
    }

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        home.close();
    }

    private Path relayLog() {
        return folder.resolve("relay.log");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Courant.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("COURANT_"));
        environment.put("COURANT_HOME", home.home().toString());
        environment.put("COURANT_JOBS", home.jobs().toString());
        environment.put("COURANT_TEMPLATES", home.templates().toString());
        environment.put("COURANT_SMTP_HOST", "127.0.0.1");
        environment.put("COURANT_SMTP_PORT", String.valueOf(home.relay().port()));
        environment.put("COURANT_SMTP_TLS", "none");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private Process run() throws IOException {
        return start(
                "run",
                "weekly",
                "--json",
                "--set",
                "delivery.in-doubt-after=1s",
                "--set",
                "delivery.claims=20",
                "--set",
                "delivery.in-doubt-times=9");
    }

    private String said(String stream) throws IOException {
        return Files.readString(folder.resolve(stream));
    }

    private static int ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("the process has ended")
                .isTrue();
        return process.exitValue();
    }

    private void waitForMails(int atLeast) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> home.relay().taken().size() >= atLeast);
    }

    /** Calls the command until it says that all is done; what is in doubt has its time. */
    private void runToTheEnd() throws IOException, InterruptedException {
        for (int i = 0; i < RUNS; i++) {
            int exitCode = ended(run());
            if (exitCode == 0) {
                return;
            }
            assertThat(exitCode).as(said("err")).isEqualTo(3);
            TimeUnit.MILLISECONDS.sleep(500); // another process lives by the real clock
        }
        throw new AssertionError("not done after " + RUNS + " runs: " + said("out"));
    }

    private IssueId onlyIssue() {
        List<IssueId> issues =
                home.in(session -> session.get(FrozenIssues.class).list("weekly"));
        assertThat(issues).as("exactly one issue was made").hasSize(1);
        return issues.get(0);
    }

    private Account account() {
        IssueId issue = onlyIssue();
        return home.in(session -> TestHome.account(session, issue));
    }

    private Audit.Findings everybodyGotItAndEverySecondCopyIsExplained() {
        IssueId issue = onlyIssue();
        Audit.Findings findings = home.in(session -> {
            try {
                FrozenIssue frozen = session.get(FrozenIssues.class).find(issue).orElseThrow();
                return session.get(Audit.class).audit(frozen, relayLog(), false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.inTheLog()).as("0 lost").isEqualTo(SUBSCRIBERS);
        assertThat(account().of(DeliveryState.ACCEPTED)).isEqualTo(SUBSCRIBERS);
        return findings;
    }

    @Test
    void aRunThatIsKilledAgainAndAgainLosesNobodyAndExplainsEverySecondCopy() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        System.err.println("KilledRunTest seed " + seed);
        Random random = new Random(seed);
        home.relay().always(Step.DOT, "delay 10ms");
        int kills = 0;
        // one kill anywhere between the start and the first mail: while collecting, composing, freezing
        Process early = run();
        early.waitFor(500 + random.nextInt(2500), TimeUnit.MILLISECONDS);
        kills += kill(early);
        while (kills < KILLS && home.relay().copies().size() < SUBSCRIBERS) {
            int before = home.relay().taken().size();
            Process process = run();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> home.relay().taken().size() > before || !process.isAlive());
            process.waitFor(random.nextInt(100), TimeUnit.MILLISECONDS);
            kills += kill(process);
        }
        assertThat(kills).as("kills with seed " + seed).isGreaterThanOrEqualTo(KILLS);
        runToTheEnd();
        Audit.Findings findings = everybodyGotItAndEverySecondCopyIsExplained();
        JsonNode ran = JsonMapper.builder().build().readTree(said("out"));
        assertThat(ran.get("deliveries").get("accepted").asInt()).isEqualTo(SUBSCRIBERS);
        System.err.println("KilledRunTest " + kills + " kills, " + findings.explained() + " second copies");
    }

    private static int kill(Process process) throws InterruptedException {
        boolean alive = process.isAlive();
        process.destroyForcibly();
        ended(process);
        return alive ? 1 : 0;
    }

    @Test
    void anInterruptedRunEndsCleanlyAndSaysHowToGoOn() throws IOException, InterruptedException {
        home.relay().always(Step.DOT, "delay 20ms");
        Process process = run();
        waitForMails(20);
        process.destroy();
        assertThat(ended(process)).as(said("err")).isIn(130, 143);
        IssueId issue = onlyIssue();
        assertThat(said("err")).contains("to go on: courant send " + issue);
        Account account = account();
        assertThat(account.isBalanced()).isTrue();
        assertThat(account.of(DeliveryState.SENDING)).isZero();
        assertThat(account.of(DeliveryState.IN_DOUBT)).isZero();
        assertThat(account.of(DeliveryState.READY)).isPositive();
        assertThat(account.of(DeliveryState.ACCEPTED))
                .as("what was in flight was finished and written down")
                .isEqualTo(home.relay().taken().size());
        runToTheEnd();
        everybodyGotItAndEverySecondCopyIsExplained();
        assertThat(home.relay().taken()).as("nobody got it twice").hasSize(SUBSCRIBERS);
    }

    @Test
    void aSecondProcessIsToldWhoIsAtWork() throws IOException, InterruptedException {
        home.relay().always(Step.DOT, "delay 50ms");
        Process first = run();
        waitForMails(1);
        Process second = run();
        assertThat(ended(second)).isEqualTo(75);
        assertThat(said("err"))
                .contains(home.home() + " is in use: process " + first.pid() + ", running weekly")
                .doesNotContain("Exception");
        assertThat(first.isAlive()).isTrue();
    }
}
