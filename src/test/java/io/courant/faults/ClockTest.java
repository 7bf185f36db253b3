package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.DeliveryState;
import io.courant.lab.FakeRelay;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is put back or ahead while one delivery is deferred and one is in doubt. */
class ClockTest {
    private static final int READERS = 12;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(18); // the job's 15m, and a fifth

    @TempDir
    private Path folder;

    private Trial trial;

    @BeforeEach
    void open() throws IOException {
        trial = new Trial(folder, READERS);
        trial.relay().onRecipient(Trial.reader(3), "450 4.2.0 later");
        trial.relay().on(Step.DOT, "take-and-drop");
    }

    @AfterEach
    void close() {
        trial.close();
    }

    private void twoAreOpen() {
        assertThat(trial.count(DeliveryState.DEFERRED)).isEqualTo(1);
        assertThat(trial.count(DeliveryState.IN_DOUBT)).isEqualTo(1);
    }

    private void allIsDoneAfterTheLongestWait() {
        trial.home().advance(LONGEST_WAIT);
        trial.run().ending(Trial.DONE);
        assertThat(trial.auditOfAll().explained()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT26H", "-PT26H"})
    void aClockThatIsSetBetweenRunsHoldsNothingUpAndGivesNothingUp(Duration leap) {
        trial.run().ending(Trial.PARTLY_SENT);
        twoAreOpen();
        trial.home().advance(leap);
        int exitCode = trial.run().exitCode();
        if (exitCode == Trial.DONE) {
            assertThat(leap).as("what is not due may not be sent").isPositive();
            assertThat(trial.auditOfAll().explained()).isEqualTo(1);
        } else {
            twoAreOpen();
            allIsDoneAfterTheLongestWait();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT26H"})
    void aClockThatIsSetDuringARunHoldsNothingUp(Duration leap) {
        AtomicInteger mails = new AtomicInteger();
        trial.relay().listener(new FakeRelay.Listener() {
            @Override
            public void reached(Step step, String recipient) {
                if (step == Step.DOT && mails.incrementAndGet() == READERS / 2) {
                    trial.home().advance(leap);
                }
            }
        });
        trial.run().exitCode();
        assertThat(mails).hasValueGreaterThanOrEqualTo(READERS / 2);
        trial.run();
        if (trial.count(DeliveryState.ACCEPTED) < READERS) {
            allIsDoneAfterTheLongestWait();
        }
        assertThat(trial.auditOfAll().explained()).isEqualTo(1);
    }

    @Test
    void aClockThatRanAheadOnceIsNotWaitedFor() {
        Instant right = trial.home().now();
        trial.home().advance(Duration.ofHours(26));
        trial.run().ending(Trial.PARTLY_SENT);
        twoAreOpen();
        trial.home().setClock(right);
        trial.run().ending(Trial.PARTLY_SENT);
        twoAreOpen();
        allIsDoneAfterTheLongestWait();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-25T00:50:00Z", "2026-03-29T00:50:00Z"})
    void summerTimeComesAndGoesUnnoticed(Instant before) {
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try {
            trial.home().setClock(before);
            trial.run().ending(Trial.PARTLY_SENT);
            trial.home().advance(Duration.ofMinutes(1));
            trial.run().ending(Trial.PARTLY_SENT);
            twoAreOpen();
            allIsDoneAfterTheLongestWait();
        } finally {
            TimeZone.setDefault(zone);
        }
    }
}
