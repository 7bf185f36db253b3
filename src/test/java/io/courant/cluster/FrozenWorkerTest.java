package io.courant.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.Ledger;
import io.courant.faults.Tools;
import io.courant.lab.Audit;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose machine sleeps for longer than its lease lasts, in the middle of a part. */
@Tag("cluster")
class FrozenWorkerTest {
    private static final int DELIVERIES = 6_000;
    private static final int PART = 400;
    private static final int ASLEEP_SECONDS = 22;

    @TempDir
    private Path folder;

    private static String pid(Installation all) {
        return String.valueOf(all.process("worker1").pid());
    }

    /** What it holds now. */
    private static List<Ledger.Running> held(Installation all) {
        return all.running().stream()
                .filter(one -> one.lasts() && one.holder().endsWith("/" + pid(all)))
                .toList();
    }

    @Test
    void whoSleptClaimsNothingMoreOfWhatOthersHaveAndGoesOnWithOtherParts()
            throws IOException, InterruptedException, SQLException {
        Tools.need("kill");
        try (Installation all = new Installation(
                folder, DELIVERIES, PART, "{retry: \"1s,2s\", expiry: 3d, in-doubt-after: 1s, in-doubt-times: 99}")) {
            all.watchClaims();
            all.relay().always(Step.DOT, "delay 100ms").forgetful();
            all.startBroker();
            all.startWorker("worker1");
            all.startWorker("worker2");
            all.startManager();
            all.awaitMails(150);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !held(all).isEmpty());
            long lease = held(all).get(0).lease();
            Tools.run("kill", "-STOP", pid(all));
            long inFlight = all.number("select count(*) from delivery where lease = " + lease);
            long claimed = claims(all, lease);
            assertThat(claimed).as("in the middle of a part").isBetween(1L, PART - 1L);
            TimeUnit.SECONDS.sleep(ASLEEP_SECONDS);
            assertThat(held(all)).isEmpty();
            Tools.run("kill", "-CONT", pid(all));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> held(all).stream().anyMatch(one -> one.lease() > lease && one.settled() > 0));
            all.relay().always(Step.DOT, "delay 1ms");
            assertThat(all.process("manager").waitFor(3, TimeUnit.MINUTES)).isTrue();
            all.runToTheEnd();
            Audit.Findings findings = all.everybodyGotItAndEverySecondCopyIsExplained();
            System.err.printf(
                    "FrozenWorkerTest %d in flight when it fell asleep, second copies %d%n",
                    inFlight, findings.explained());
            assertThat(claims(all, lease)).as("claimed under the lease it lost").isEqualTo(claimed);
            assertThat(all.claimedTooLate()).isZero();
            assertThat(all.number("select count(*) from lease where number = " + lease))
                    .as("a lease that was lost is left, as a trace")
                    .isOne();
            assertThat(findings.copies()).isEqualTo(DELIVERIES + findings.explained());
            assertThat(findings.explained()).isLessThanOrEqualTo(inFlight);
            assertThat(all.setAside()).isZero();
        }
    }

    private static long claims(Installation all, long lease) throws SQLException {
        return all.number("select count(*) from claimed where lease = " + lease);
    }
}
