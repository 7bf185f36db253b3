package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that sleeps in the middle of a send, or has too little memory for it. */
@Tag("faults")
class FrozenProcessTest {
    private static final int READERS = 200;
    private static final String[] IMPATIENT = {
        "--set", "relay.timeouts.reply=2s", "--set", "relay.timeouts.dot=2s", "--set", "delivery.rests=1s"
    };

    @TempDir
    private Path folder;

    @Test
    void aRunThatSleptForLongerThanItsTimeoutsGoesOn() throws IOException, InterruptedException {
        try (Trial trial = new Trial(folder, READERS)) {
            trial.relay().always(Step.DOT, "delay 10ms");
            CourantProcess process = trial.start(CourantProcess.Start.USUAL, IMPATIENT);
            trial.waitForMails(30);
            // the relay gives up on it: for what is on the way now it breaks the connections off
            trial.relay().always(Step.DOT, "drop");
            process.signal("STOP");
            TimeUnit.SECONDS.sleep(4);
            int asleep = trial.relay().taken().size();
            assertThat(asleep).isLessThan(READERS);
            trial.relay().always(Step.DOT, "delay 10ms");
            process.signal("CONT");
            assertThat(process.ended()).as(process.err()).isIn(Trial.DONE, Trial.PARTLY_SENT);
            assertThat(trial.relay().taken()).as("it went on").hasSizeGreaterThan(asleep);
            trial.startToTheEndUnlessDone(process);
            trial.auditOfAll();
        }
    }

    @Test
    void aSmallHeapIsEnough() throws IOException, InterruptedException {
        try (Trial trial = new Trial(folder, 2000)) {
            trial.start(CourantProcess.Start.USUAL.with("-Xmx32m"), "--set", "delivery.claims=400")
                    .ending(Trial.DONE);
            assertThat(trial.auditOfAll().copies()).isEqualTo(2000);
        }
    }
}
