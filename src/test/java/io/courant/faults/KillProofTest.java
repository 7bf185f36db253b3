package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.ProcessHome;
import io.courant.RandomKills;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Ledger;
import io.courant.issue.IssueId;
import io.courant.lab.Audit;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a kill can do to an issue, tried as often as one likes: {@code -Dfaults.kills=}, {@code -Dfaults.deliveries=},
 * {@code -Dfaults.seed=}. The relay meanwhile loses connections after the final dot and puts recipients off.
 */
@Tag("faults")
class KillProofTest {
    private static final int KILLS = Integer.getInteger("faults.kills", 200);
    private static final int DELIVERIES = Integer.getInteger("faults.deliveries", 10_000);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final String[] RUN = """
            run weekly --json
            --set delivery.retry=1s,2s
            --set delivery.in-doubt-after=1s
            --set delivery.in-doubt-times=99""".split("\\s+");

    @TempDir
    private Path folder;

    @Test
    void killedAgainAndAgainItLosesNobodyAndExplainsEverySecondCopy() throws IOException, InterruptedException {
        System.err.println("KillProofTest seed " + SEED);
        try (ProcessHome home = new ProcessHome(folder, DELIVERIES)) {
            Path script = Files.writeString(folder.resolve("relay.script"), """
                    seed %d
                    offer PIPELINING, SIZE 10485760, 8BITMIME, ENHANCEDSTATUSCODES
                    dot 1%% take-and-drop
                    rcpt 3%% 450 4.2.0 try again later
                    """.formatted(SEED));
            // slow, so that there is mail left for the last kill
            home.home().relay().script(script).always(Step.DOT, "delay 10ms").forgetful();
            int kills = new RandomKills(home, SEED).kill(KILLS, RUN);
            home.runToTheEnd(RUN);
            Audit.Findings findings = home.everybodyGotItAndEverySecondCopyIsExplained();
            long inDoubt = inDoubt(home);
            System.err.printf(
                    "KillProofTest kills %d, messages taken %d, second copies %d, in doubt %d, lost %d%n",
                    kills, findings.copies(), findings.explained(), inDoubt, findings.lost());
            assertThat(kills).isEqualTo(KILLS);
            assertThat(findings.copies()).isEqualTo(DELIVERIES + findings.explained());
            assertThat(inDoubt).as("something happened").isPositive();
        }
    }

    /** How often deliveries were in doubt. */
    private static long inDoubt(ProcessHome home) {
        IssueId issue = home.onlyIssue();
        AtomicLong doubts = new AtomicLong();
        home.home()
                .with(session -> session.get(Ledger.class)
                        .forEach(issue, DeliveryState.ACCEPTED, entry -> doubts.addAndGet(entry.inDoubt())));
        return doubts.get();
    }
}
