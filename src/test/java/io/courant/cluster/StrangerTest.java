package io.courant.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.lab.Audit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose keys are not those of the others: its links would lead nowhere. */
class StrangerTest {
    private static final int DELIVERIES = 200;

    @TempDir
    private Path folder;

    @Test
    void aWorkerWithOtherKeysSendsNothingAndSaysWhatToDo() throws IOException, InterruptedException {
        try (Installation all = new Installation(folder, DELIVERIES, DELIVERIES, "{retry: \"1s,2s\", expiry: 3d}")) {
            all.startBroker();
            all.startStranger("stranger");
            all.startManager();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> all.said("stranger").contains("copy the folder 'keys'"));
            assertThat(all.relay().tally().recipients()).isZero();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> all.takers() == 0);
            all.startWorker("worker1");
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> all.takers() == 1);
            all.process("manager").waitFor();
            all.runToTheEnd();
            assertThat(all.said("stranger"))
                    .as("it has stepped back and left the part to others")
                    .containsOnlyOnce("this worker takes no more parts");
            Audit.Findings findings = all.everybodyGotItAndEverySecondCopyIsExplained();
            assertThat(findings.copies()).isEqualTo(DELIVERIES);
        }
    }
}
