package io.courant.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.lab.Audit;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers, a manager, a broker and PostgreSQL, each of which is killed once while an issue is sent. */
class CrewTest {
    private static final int DELIVERIES = 5_000;

    @TempDir
    private Path folder;

    @Test
    void killedOnceEachTheyLoseNobodyAndExplainEverySecondCopy() throws IOException, InterruptedException {
        try (Installation all = new Installation(
                folder, DELIVERIES, "{retry: \"1s,2s\", expiry: 3d, in-doubt-after: 1s, in-doubt-times: 99}")) {
            Path script = Files.writeString(folder.resolve("relay.script"), """
                    seed 9
                    offer PIPELINING, SIZE 10485760, 8BITMIME, ENHANCEDSTATUSCODES
                    dot 1% take-and-drop
                    """);
            all.relay().script(script).always(Step.DOT, "delay 10ms").forgetful();
            all.startBroker();
            all.startWorker("worker1");
            all.startWorker("worker2");
            all.startManager();
            all.awaitMails(300);
            all.kill("worker1");
            all.startWorker("worker1");
            all.awaitMails(800);
            all.kill("broker");
            all.startBroker();
            all.awaitMails(1_500);
            all.kill("manager");
            all.startManager();
            all.awaitMails(2_200);
            all.postgres().kill();
            all.postgres().start();
            all.process("manager").waitFor();
            all.runToTheEnd();
            Audit.Findings findings = all.everybodyGotItAndEverySecondCopyIsExplained();
            System.err.printf(
                    "CrewTest messages taken %d, second copies %d%n", findings.copies(), findings.explained());
            assertThat(findings.copies()).isEqualTo(DELIVERIES + findings.explained());
        }
    }
}
