package io.courant.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.lab.Audit;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four workers, a manager, a broker and PostgreSQL, of which one drawn by chance is killed every few seconds. */
@Tag("cluster")
class CrewProofTest {
    private static final int KILLS = Integer.getInteger("cluster.kills", 50);
    private static final int DELIVERIES = Integer.getInteger("cluster.deliveries", 100_000);
    private static final long SEED = Long.getLong("cluster.seed", System.nanoTime());
    private static final List<String> WORKERS = List.of("worker1", "worker2", "worker3", "worker4");

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> killed = new TreeMap<>();

    @Test
    void whoeverIsKilledNobodyIsLostAndEverySecondCopyIsExplained() throws IOException, InterruptedException {
        System.err.println("CrewProofTest seed " + SEED);
        try (Installation all = new Installation(
                folder, DELIVERIES, "{retry: \"1s,2s\", expiry: 3d, in-doubt-after: 1s, in-doubt-times: 99}")) {
            Path script = Files.writeString(folder.resolve("relay.script"), """
                    seed %d
                    offer PIPELINING, SIZE 10485760, 8BITMIME, ENHANCEDSTATUSCODES
                    dot 1%% take-and-drop
                    """.formatted(SEED));
            // slow, so that there is mail left for the last kill
            all.relay().script(script).always(Step.DOT, "delay 20ms").forgetful();
            all.startBroker();
            for (String worker : WORKERS) {
                all.startWorker(worker);
            }
            int kills = kill(all);
            all.process("manager").waitFor();
            all.runToTheEnd();
            Audit.Findings findings = all.everybodyGotItAndEverySecondCopyIsExplained();
            System.err.printf(
                    "CrewProofTest kills %d %s, messages taken %d, second copies %d, lost %d, unexplained %d%n",
                    kills, killed, findings.copies(), findings.explained(), findings.lost(), findings.unexplained());
            assertThat(kills).isEqualTo(KILLS);
            assertThat(findings.copies()).isEqualTo(DELIVERIES + findings.explained());
        }
    }

    /** Fewer than wanted only if everybody has their mail before. */
    private int kill(Installation all) throws IOException, InterruptedException {
        int kills = 0;
        all.startManager();
        while (kills < KILLS && all.relay().tally().recipients() < DELIVERIES) {
            TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(4_000));
            if (!all.process("manager").isAlive()) {
                all.startManager(); // what is in doubt or deferred has its time
            }
            kills += killOne(all) ? 1 : 0;
        }
        return kills;
    }

    private boolean killOne(Installation all) throws IOException, InterruptedException {
        String victim = List.of("worker", "manager", "broker", "postgres").get(random.nextInt(4));
        boolean alive = true;
        switch (victim) {
            case "worker" -> {
                String worker = WORKERS.get(random.nextInt(WORKERS.size()));
                alive = all.kill(worker);
                all.startWorker(worker);
            }
            case "manager" -> {
                alive = all.kill("manager");
                all.startManager();
            }
            case "broker" -> {
                alive = all.kill("broker");
                pause();
                all.startBroker();
            }
            default -> {
                all.postgres().kill();
                pause();
                all.postgres().start();
            }
        }
        if (alive) {
            killed.merge(victim, 1, Integer::sum);
        }
        return alive;
    }

    /** Some come back at once, and some when others have noticed. */
    private void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(4_000));
    }
}
