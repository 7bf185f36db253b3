package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.ProcessHome;
import io.courant.RandomKills;
import io.courant.TestHome;
import io.courant.issue.DueTimes;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The clock by the hours of the real one, in processes that are left alone, killed, and started again. */
class ClockworkTest {
    private static final int SUBSCRIBERS = 120;
    private static final int KILLS = 4;
    private static final DateTimeFormatter CRON =
            DateTimeFormatter.ofPattern("s m H d M '*'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] SETTINGS = """
            --set delivery.in-doubt-after=1s
            --set delivery.claims=20
            --set delivery.in-doubt-times=9""".split("\\s+");

    @TempDir
    private Path folder;

    private ProcessHome processes;
    private TestHome home;

    @BeforeEach
    void open() throws IOException {
        processes = new ProcessHome(folder, SUBSCRIBERS);
        home = processes.home();
    }

    @AfterEach
    void close() {
        processes.close();
    }

    /** Makes the newsletter due at a moment, to the second. */
    private Instant due(Instant moment) {
        Instant due = moment.truncatedTo(ChronoUnit.SECONDS);
        home.changeJob(
                TestHome.WEEKLY, "template: digest", "template: digest\nzone: UTC\ncron: \"" + CRON.format(due) + "\"");
        return due;
    }

    private Process serve() throws IOException {
        Process server = processes.start(with("serve", "--port", "0", "--no-desk"));
        await(() -> processes.said("out").contains("serving at "));
        return server;
    }

    private static String[] with(String... command) {
        String[] all = Arrays.copyOf(command, command.length + SETTINGS.length);
        System.arraycopy(SETTINGS, 0, all, command.length, SETTINGS.length);
        return all;
    }

    /** Other tests run beside it. */
    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    private int mails() {
        return home.relay().taken().size();
    }

    private JsonNode last() {
        home.setClock(Instant.now());
        return new Shell(home)
                .courant("next", TestHome.WEEKLY, "--json")
                .ending(ExitCode.DONE)
                .json()
                .get("last");
    }

    @Test
    void whatIsDueWhileItServesGoesOutAtItsTimeAndOnce() throws Exception {
        Process server = serve();
        Instant due = due(Instant.now().plusSeconds(4));
        await(() -> mails() > 0);
        assertThat(Instant.now()).isAfterOrEqualTo(due);
        await(() -> processes.said("err").contains(SUBSCRIBERS + " accepted"));
        assertThat(last().get("time").get("utc").asString()).isEqualTo(due.toString());
        assertThat(last().get("result").asString()).isEqualTo("issued");
        assertThat(last().get("issue").asString())
                .isEqualTo(processes.onlyIssue().value());

        home.post("three.md", "Three");
        assertThat(ProcessHome.ended(processes.start("run", "--all"))).isEqualTo(ExitCode.DONE);
        assertThat(processes.said("err")).contains("not due until");
        server.destroy();
        assertThat(ProcessHome.ended(server)).isEqualTo(128 + 15);
        assertThat(mails()).isEqualTo(SUBSCRIBERS);
    }

    @Test
    void whatBecameDueWhileItWasDownIsMadeGoodAlsoTheFirstTime() throws Exception {
        Instant due = due(Instant.now().plus(Duration.ofDays(1)));
        Process server = serve();
        await(() -> home.in(
                session -> session.get(DueTimes.class).began(TestHome.WEEKLY).isPresent()));
        assertThat(ProcessHome.kill(server)).isTrue();
        home.setClock(due.plus(Duration.ofHours(3)));
        Shell.Said late = new Shell(home).courant("run", "--all");
        assertThat(late.ending(ExitCode.DONE).out()).contains(SUBSCRIBERS + " accepted");
    }

    @Test
    void aServerThatIsKilledWhileItSendsGoesOnWhenItIsStartedAgain() throws Exception {
        home.relay().always(Step.DOT, "delay 20ms");
        Process server = serve();
        due(Instant.now().plusSeconds(2));
        await(() -> mails() > 15);
        assertThat(ProcessHome.kill(server)).isTrue();
        assertThat(mails()).as("there was something left").isLessThan(SUBSCRIBERS);
        assertThat(Files.exists(home.home().resolve("courant.lock"))).isTrue();

        Process again = serve();
        await(() -> processes.said("err").contains(SUBSCRIBERS + " accepted"));
        again.destroy();
        assertThat(ProcessHome.ended(again)).isEqualTo(128 + 15);
        processes.everybodyGotItAndEverySecondCopyIsExplained();
        assertThat(last().get("result").asString()).isEqualTo("issued");
    }

    @Test
    void aRunOfAllThatIsKilledAnywhereMakesOneIssueOfItsDueTime() throws Exception {
        long seed = Long.getLong("courant.clock.seed", System.nanoTime());
        System.err.println("ClockworkTest -Dcourant.clock.seed=" + seed);
        home.relay().always(Step.DOT, "delay 10ms");
        Instant due = due(Instant.now());
        home.with(session -> session.get(DueTimes.class)
                .start(TestHome.WEEKLY, CRON.format(due) + " UTC", due.minus(Duration.ofDays(1)), home.now()));
        String[] run = with("run", "--all");
        assertThat(new RandomKills(processes, seed).kill(KILLS, run)).isEqualTo(KILLS);
        processes.runToTheEnd(run);
        processes.everybodyGotItAndEverySecondCopyIsExplained();
        assertThat(last().get("time").get("utc").asString()).isEqualTo(due.toString());
        assertThat(last().get("result").asString()).isEqualTo("issued");
    }
}
