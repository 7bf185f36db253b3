package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.DeliveryState;
import io.courant.faults.CourantProcess.Start;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system's clock as a real process sees it, put back and ahead between runs: {@link ClockTest} with libfaketime. */
@Tag("faults")
class FakedClockTest {
    private static final int READERS = 12;

    @TempDir
    private Path folder;

    private Trial trial;

    @BeforeEach
    void open() throws IOException {
        Tools.need("faketime");
        trial = new Trial(folder, READERS);
        trial.relay().onRecipient(Trial.reader(3), "450 4.2.0 later");
        trial.relay().on(Step.DOT, "take-and-drop");
    }

    @AfterEach
    void close() {
        if (trial != null) {
            trial.close();
        }
    }

    /** Time-outs are measured by the other clock, which nobody can set. */
    private static Start at(String offset) {
        return Start.USUAL
                .after("faketime", "-f", offset)
                .in(Map.of("FAKETIME_DONT_FAKE_MONOTONIC", "1", "DONT_FAKE_MONOTONIC", "1"));
    }

    private void twoAreOpen() {
        assertThat(trial.count(DeliveryState.DEFERRED)).isEqualTo(1);
        assertThat(trial.count(DeliveryState.IN_DOUBT)).isEqualTo(1);
    }

    @Test
    void aClockThatIsPutBackHoldsNothingUpAndSendsNothingEarly() throws IOException, InterruptedException {
        trial.start(Start.USUAL).ending(Trial.PARTLY_SENT);
        twoAreOpen();
        trial.start(at("-1h")).ending(Trial.PARTLY_SENT);
        twoAreOpen();
        trial.start(at("-30m")).ending(Trial.DONE);
        assertThat(trial.auditOfAll().explained()).isEqualTo(1);
    }

    @Test
    void aClockThatWasAheadHoldsNothingUp() throws IOException, InterruptedException {
        trial.start(at("+26h")).ending(Trial.PARTLY_SENT);
        twoAreOpen();
        trial.start(Start.USUAL).ending(Trial.PARTLY_SENT);
        twoAreOpen();
        trial.start(at("+20m")).ending(Trial.DONE);
        assertThat(trial.auditOfAll().explained()).isEqualTo(1);
    }
}
