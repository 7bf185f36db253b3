package io.courant.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cluster.Installation.Server;
import io.courant.faults.Cable;
import io.courant.lab.Audit;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each cable between two machines is pulled while an issue is sent; packets vanish, and nobody is told. */
class CutsTest {
    private static final String DELIVERY =
            "{retry: \"1s,2s\", expiry: 3d, in-doubt-after: 1s, in-doubt-times: 99, rests: 1s}";

    /** Shorter than any time-out. */
    private static final int SHORT_SECONDS = 2;

    /** Longer than a lease, and than the broker waits for a worker. */
    private static final int LONG_SECONDS = 28;

    private static final int PART = 400;

    @TempDir
    private Path folder;

    /** Who has something to say to whom. */
    enum Way {
        WORKER_TO_POSTGRES("worker1", Server.POSTGRES),
        MANAGER_TO_POSTGRES("manager", Server.POSTGRES),
        WORKER_TO_BROKER("worker1", Server.BROKER),
        MANAGER_TO_BROKER("manager", Server.BROKER),
        WORKER_TO_RELAY("worker1", Server.RELAY);

        private final String process;
        private final Server server;

        Way(String process, Server server) {
            this.process = process;
            this.server = server;
        }
    }

    private static void begin(Installation all) throws IOException, SQLException {
        all.watchClaims();
        all.relay().always(Step.DOT, "delay 100ms").forgetful();
        all.startBroker();
        all.startWorker("worker1");
        all.startWorker("worker2");
        all.startManager();
        all.awaitMails(150);
    }

    @Test
    void aShortCutOnlyTakesTime() throws IOException, InterruptedException, SQLException {
        int deliveries = 1_600;
        try (Installation all = new Installation(folder, deliveries, PART, DELIVERY)) {
            List<Cable> cables = new ArrayList<>();
            for (Way way : Way.values()) {
                cables.add(all.cable(way.process, way.server));
            }
            begin(all);
            for (Cable cable : cables) {
                cable.pull();
                TimeUnit.SECONDS.sleep(SHORT_SECONDS);
                cable.plugIn();
                all.awaitMails(all.relay().tally().recipients() + 30);
            }
            assertThat(all.relay().tally().recipients()).as("cut in time").isLessThan(deliveries);
            all.relay().always(Step.DOT, "delay 1ms");
            Process manager = all.process("manager");
            assertThat(manager.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(manager.exitValue()).as(all.said("manager")).isZero();
            Audit.Findings findings = all.everybodyGotItAndEverySecondCopyIsExplained();
            assertThat(findings.copies()).isEqualTo(deliveries);
            assertThat(all.setAside()).isZero();
            assertThat(all.claimedTooLate()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @Tag("cluster")
    void aLongCutLosesNobody(Way way) throws IOException, InterruptedException, SQLException {
        int deliveries = 6_000;
        try (Installation all = new Installation(folder, deliveries, PART, DELIVERY)) {
            all.relayTimeouts("{connect: 5s, reply: 5s, dot: 5s}");
            Cable cable = all.cable(way.process, way.server);
            begin(all);
            cable.pull();
            long before = all.relay().tally().recipients();
            TimeUnit.SECONDS.sleep(LONG_SECONDS);
            long during = all.relay().tally().recipients();
            assertThat(during).as("cut in time").isLessThan(deliveries);
            assertThat(during).as("the others go on").isGreaterThan(before + 200);
            if (way == Way.WORKER_TO_POSTGRES) { // in the midst of a statement, most probably
                assertThat(all.said(way.process)).contains("cannot be reached any more");
            } else if (way == Way.MANAGER_TO_POSTGRES || way == Way.MANAGER_TO_BROKER) {
                assertThat(all.said(way.process)).contains("waits for its parts");
            }
            cable.plugIn();
            all.awaitMails(during + 200);
            all.relay().always(Step.DOT, "delay 1ms");
            Process manager = all.process("manager");
            long healed = System.nanoTime();
            assertThat(manager.waitFor(3, TimeUnit.MINUTES))
                    .as("nobody waits on")
                    .isTrue();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - healed);
            int exit = manager.exitValue();
            if (exit != 0) {
                assertThat(exit).as(all.said("manager")).isIn(3, 75);
                all.runToTheEnd();
            }
            Audit.Findings findings = all.everybodyGotItAndEverySecondCopyIsExplained();
            System.err.printf(
                    "CutsTest %s: %d mails during the cut, ended with %d after %d s, second copies %d%n",
                    way, during - before, exit, seconds, findings.explained());
            assertThat(findings.copies()).isEqualTo(deliveries + findings.explained());
            assertThat(all.setAside()).isZero();
            assertThat(all.claimedTooLate()).isZero();
        }
    }

    @Test
    @Tag("cluster")
    void whoIsCutOffFromTheDatabaseForGoodGivesItsPartToOthers()
            throws IOException, InterruptedException, SQLException {
        int deliveries = 3_000;
        try (Installation all = new Installation(folder, deliveries, PART, DELIVERY)) {
            Cable cable = all.cable("worker1", Server.POSTGRES);
            begin(all);
            cable.pull();
            all.relay().always(Step.DOT, "delay 1ms");
            Process manager = all.process("manager");
            long cut = System.nanoTime();
            assertThat(manager.waitFor(3, TimeUnit.MINUTES))
                    .as(all.said("manager"))
                    .isTrue();
            System.err.printf(
                    "CutsTest ended with %d, %d s after the cable was pulled%n",
                    manager.exitValue(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - cut));
            all.runToTheEnd();
            Audit.Findings findings = all.everybodyGotItAndEverySecondCopyIsExplained();
            assertThat(findings.copies()).isEqualTo(deliveries + findings.explained());
            assertThat(all.setAside()).isZero();
            assertThat(all.claimedTooLate()).isZero();
            cable.plugIn();
            all.end("worker1");
        }
    }
}
