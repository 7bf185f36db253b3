package io.courant.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cluster.Installation.Server;
import io.courant.faults.Tools;
import io.courant.lab.Audit;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker, or a manager, behind a real cable, between two kernels, which is pulled. */
@Tag("cluster")
class PulledCableTest {
    private static final int DELIVERIES = 6_000;
    private static final int PART = 400;
    private static final String NAMESPACE = "courant-cluster";
    private static final String BRIDGE = "courant-br"; // so that both ends have their network, and packets vanish
    private static final String CABLE = "courant2"; // the end in the bridge
    private static final String HERE = "198.18.78.1"; // of the range for tests of networks, RFC 2544
    private static final String THERE = "198.18.78.2";

    @TempDir
    private Path folder;

    @BeforeEach
    void lay() throws IOException, InterruptedException {
        Tools.needRoot();
        Tools.need("ip");
        Tools.tryOut("ip", "netns", "add", NAMESPACE);
        Tools.tryOut("ip", "link", "add", BRIDGE, "type", "bridge");
        Tools.tryOut("ip", "link", "add", CABLE, "type", "veth", "peer", "name", "courant3", "netns", NAMESPACE);
        Tools.run("ip", "addr", "add", HERE + "/30", "dev", BRIDGE);
        Tools.run("ip", "link", "set", CABLE, "master", BRIDGE);
        Tools.run("ip", "link", "set", BRIDGE, "up");
        Tools.run("ip", "link", "set", CABLE, "up");
        Tools.run("ip", "-n", NAMESPACE, "addr", "add", THERE + "/30", "dev", "courant3");
        Tools.run("ip", "-n", NAMESPACE, "link", "set", "courant3", "up");
        Tools.run("ip", "-n", NAMESPACE, "link", "set", "lo", "up");
    }

    @AfterEach
    void takeAway() throws IOException, InterruptedException {
        new ProcessBuilder("ip", "link", "del", CABLE).start().waitFor();
        new ProcessBuilder("ip", "link", "del", BRIDGE).start().waitFor();
        new ProcessBuilder("ip", "netns", "del", NAMESPACE).start().waitFor();
    }

    private Installation installation() throws IOException {
        return new Installation(
                folder,
                DELIVERIES,
                PART,
                "{retry: \"1s,2s\", expiry: 3d, in-doubt-after: 1s, in-doubt-times: 99, rests: 1s}",
                HERE);
    }

    /** How many connections the database's server believes that it has with who is behind the cable. */
    private static long believed(Installation all) throws SQLException {
        return all.number("select count(*) from pg_stat_activity where client_addr = '" + THERE + "'");
    }

    @Test
    void theOthersFinishWithoutWhoIsCutOffAndTheServersForgetIt()
            throws IOException, InterruptedException, SQLException {
        try (Installation all = installation()) {
            all.watchClaims();
            all.relay().always(Step.DOT, "delay 100ms").forgetful();
            all.startBroker();
            all.cable("worker1", Server.RELAY); // the relay knows the loopback address only
            all.place("worker1", "ip", "netns", "exec", NAMESPACE);
            all.startWorker("worker1");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> believed(all) > 0);
            all.startWorker("worker2");
            all.startManager();
            all.awaitMails(300);
            assertThat(believed(all)).isPositive();
            Tools.run("ip", "link", "set", CABLE, "down");
            Awaitility.await().atMost(Duration.ofSeconds(45)).until(() -> believed(all) == 0);
            all.relay().always(Step.DOT, "delay 1ms");
            Process manager = all.process("manager");
            assertThat(manager.waitFor(3, TimeUnit.MINUTES)).isTrue();
            all.runToTheEnd();
            Audit.Findings findings = all.everybodyGotItAndEverySecondCopyIsExplained();
            System.err.printf("PulledCableTest second copies %d%n", findings.explained());
            assertThat(findings.copies()).isEqualTo(DELIVERIES + findings.explained());
            assertThat(all.process("worker1").isAlive()).isTrue();
            assertThat(all.setAside()).isZero();
            assertThat(all.claimedTooLate()).isZero();
        }
    }

    @Test
    void aManagerWhoseRunAnotherHasTakenOverEndsWhenItLearnsOfThat()
            throws IOException, InterruptedException, SQLException {
        try (Installation all = installation()) {
            all.watchClaims();
            all.relay().always(Step.DOT, "delay 100ms").forgetful();
            all.startBroker();
            all.startWorker("worker1");
            all.startWorker("worker2");
            all.place("manager", "ip", "netns", "exec", NAMESPACE);
            all.startManager();
            all.awaitMails(300);
            assertThat(believed(all)).isPositive();
            Tools.run("ip", "link", "set", CABLE, "down");
            Awaitility.await().atMost(Duration.ofSeconds(45)).until(() -> believed(all) == 0);
            all.startOtherManager("manager2");
            all.awaitMails(all.relay().tally().recipients() + 500);
            all.relay().always(Step.DOT, "delay 1ms");
            assertThat(all.process("manager2").waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(all.process("manager").isAlive()).as("it does not know").isTrue();
            Tools.run("ip", "link", "set", CABLE, "up");
            assertThat(all.process("manager").waitFor(90, TimeUnit.SECONDS))
                    .as(all.said("manager"))
                    .isTrue();
            assertThat(all.process("manager").exitValue())
                    .as(all.said("manager"))
                    .isEqualTo(1);
            assertThat(all.said("manager")).contains("another process has taken over");
            all.runToTheEnd();
            Audit.Findings findings = all.everybodyGotItAndEverySecondCopyIsExplained();
            assertThat(findings.copies()).isEqualTo(DELIVERIES + findings.explained());
            assertThat(all.setAside()).isZero();
            assertThat(all.claimedTooLate()).isZero();
        }
    }
}
