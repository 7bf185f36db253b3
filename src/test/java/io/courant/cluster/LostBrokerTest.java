package io.courant.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.lab.Audit;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose disk is lost, and which then does not come back at all. */
@Tag("cluster")
class LostBrokerTest {
    private static final int DELIVERIES = 2_000;
    private static final int PART = 200;

    @TempDir
    private Path folder;

    @Test
    void whatAnEmptyBrokerHasLostIsPutInAgainAndWithoutABrokerTheManagerSendsTheRestAlone()
            throws IOException, InterruptedException {
        try (Installation all = new Installation(
                folder, DELIVERIES, PART, "{retry: \"1s,2s\", expiry: 3d, in-doubt-after: 1s, in-doubt-times: 99}")) {
            all.relay().always(Step.DOT, "delay 50ms").forgetful();
            all.startBroker();
            all.startWorker("worker1");
            all.startManager();
            all.awaitMails(100);
            all.kill("broker");
            all.emptyBroker();
            all.startBroker();
            all.awaitMails(700); // more than the part that the worker had
            assertThat(all.said("manager")).contains("put in again");
            assertThat(all.process("manager").isAlive()).isTrue();
            all.kill("broker");
            all.end("manager"); // as an editor does who does not wait until it gives up
            all.doWithoutBroker();
            long before = all.relay().tally().recipients();
            assertThat(before).isLessThan(DELIVERIES - PART);
            all.runToTheEnd();
            assertThat(all.process("manager").waitFor(1, TimeUnit.MINUTES)).isTrue();
            Audit.Findings findings = all.everybodyGotItAndEverySecondCopyIsExplained();
            assertThat(findings.copies()).isEqualTo(DELIVERIES + findings.explained());
        }
    }
}
