package io.courant.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.lab.Audit;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are told to end while they are in the midst of large parts, one after the other. */
class RollingRestartTest {
    private static final int DELIVERIES = 3_000;
    private static final int PART = 1_500;
    private static final Duration GRACE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void whoIsToldToEndGivesTheRestBackAndNobodyGetsASecondCopy() throws IOException, InterruptedException {
        try (Installation all = new Installation(folder, DELIVERIES, PART, "{retry: \"1s,2s\", expiry: 3d}")) {
            all.relay().always(Step.DOT, "delay 40ms").forgetful();
            all.startBroker();
            all.startWorker("worker1");
            all.startWorker("worker2");
            all.startManager();
            all.awaitMails(300);
            restart(all, "worker1");
            all.awaitMails(900);
            restart(all, "worker2");
            all.awaitMails(1_500);
            restart(all, "worker1");
            Process manager = all.process("manager");
            assertThat(manager.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(manager.exitValue()).as(all.said("manager")).isZero();
            Audit.Findings findings = all.everybodyGotItAndEverySecondCopyIsExplained();
            assertThat(findings.copies()).isEqualTo(DELIVERIES);
            assertThat(all.said("worker1")).contains("goes back to the queue, because this worker ends");
            assertThat(all.running()).isEmpty();
        }
    }

    private static void restart(Installation all, String worker) throws IOException, InterruptedException {
        Instant told = Instant.now();
        all.end(worker);
        assertThat(Duration.between(told, Instant.now())).as(all.said(worker)).isLessThan(GRACE);
        assertThat(all.process(worker).exitValue()).isEqualTo(143); // 128 and SIGTERM
        all.startWorker(worker);
    }
}
