package io.courant;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.DeliveryState;
import io.courant.issue.IssueId;
import io.courant.lab.Audit;
import io.courant.lab.Step;
import io.courant.report.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final String[] RUN = """
            run weekly --json
            --set delivery.in-doubt-after=1s
            --set delivery.claims=20
            --set delivery.in-doubt-times=9""".split("\\s+");

    @TempDir
    private Path folder;

    private ProcessHome home;

    @BeforeEach
    void open() throws IOException {
        home = new ProcessHome(folder, SUBSCRIBERS);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void waitForMails(int atLeast) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2)) // other tests run beside it
                .pollInterval(Duration.ofMillis(5))
                .until(() -> home.home().relay().taken().size() >= atLeast);
    }

    @Test
    void aRunThatIsKilledAgainAndAgainLosesNobodyAndExplainsEverySecondCopy() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        System.err.println("KilledRunTest seed " + seed);
        home.home().relay().always(Step.DOT, "delay 10ms");
        int kills = new RandomKills(home, seed).kill(KILLS, RUN);
        assertThat(kills).as("kills with seed " + seed).isEqualTo(KILLS);
        home.runToTheEnd(RUN);
        Audit.Findings findings = home.everybodyGotItAndEverySecondCopyIsExplained();
        JsonNode ran = JsonMapper.builder().build().readTree(home.said("out"));
        assertThat(ran.get("deliveries").get("accepted").asInt()).isEqualTo(SUBSCRIBERS);
        System.err.println("KilledRunTest " + kills + " kills, " + findings.explained() + " second copies");
    }

    @Test
    void anInterruptedRunEndsCleanlyAndSaysHowToGoOn() throws IOException, InterruptedException {
        home.home().relay().always(Step.DOT, "delay 20ms");
        Process process = home.start(RUN);
        waitForMails(20);
        process.destroy();
        assertThat(ProcessHome.ended(process)).as(home.said("err")).isIn(130, 143);
        IssueId issue = home.onlyIssue();
        assertThat(home.said("err")).contains("to go on: courant send " + issue);
        Account account = home.account();
        assertThat(account.isBalanced()).isTrue();
        assertThat(account.of(DeliveryState.SENDING)).isZero();
        assertThat(account.of(DeliveryState.IN_DOUBT)).isZero();
        assertThat(account.of(DeliveryState.READY)).isPositive();
        assertThat(account.of(DeliveryState.ACCEPTED))
                .as("what was in flight was finished and written down")
                .isEqualTo(home.home().relay().taken().size());
        home.runToTheEnd(RUN);
        home.everybodyGotItAndEverySecondCopyIsExplained();
        assertThat(home.home().relay().taken()).as("nobody got it twice").hasSize(SUBSCRIBERS);
    }

    @Test
    void aSecondProcessIsToldWhoIsAtWork() throws IOException, InterruptedException {
        home.home().relay().always(Step.DOT, "delay 50ms");
        Process first = home.start(RUN);
        waitForMails(1);
        Process second = home.start(RUN);
        assertThat(ProcessHome.ended(second)).isEqualTo(75);
        assertThat(home.said("err"))
                .contains(home.home().home() + " is in use: process " + first.pid() + ", running weekly")
                .doesNotContain("Exception");
        assertThat(first.isAlive()).isTrue();
    }
}
