package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.TestHome;
import io.courant.cli.Program;
import io.courant.cli.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MusterTest {
    @TempDir
    private Path folder;

    private TestHome home;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        home.setClock(Instant.now()); // a lease lasts by the clock of the database
        home.subscribe("ada@example.org");
        home.post("one.md", "Hospitals");
        new Shell(home).courant("run", TestHome.WEEKLY).ending(0);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void aPaceIsThatOfLatelyWhereItIsKnown() {
        Instant now = home.now();
        home.lease("mail1/42", 1_000, now.minusSeconds(100), now.plusSeconds(600));
        try (Program.Session session = home.open()) {
            Muster muster = session.get(Muster.class);
            assertThat(pace(muster)).isEqualTo(10); // since it began
            settled(10_000, Duration.ofSeconds(31));
            pace(muster);
            settled(10_620, Duration.ofSeconds(31));
            assertThat(pace(muster)).isEqualTo(20);
            home.advance(Duration.ofMinutes(1));
            assertThat(pace(muster)).as("it stands still").isZero();
        }
    }

    private void settled(long settled, Duration later) {
        home.change("update lease set settled = ?", settled);
        home.advance(later);
    }

    private static double pace(Muster muster) {
        return muster.roll().workers().get(0).perSecond();
    }

    @Test
    void whoWasCutOffIsToldForADay() {
        Instant now = home.now();
        home.lease("mail1/42", 1, now.minusSeconds(100), now.plusSeconds(600));
        home.lease("mail2/43", 1, now.minusSeconds(9_000), now.minusSeconds(3_600));
        home.lease("mail3/44", 1, now.minusSeconds(200_000), now.minusSeconds(100_000));
        home.with(session -> {
            Roll roll = session.get(Muster.class).roll();
            assertThat(roll.workers()).extracting(Roll.Worker::holder).containsExactly("mail1/42", "mail2/43");
            assertThat(roll.atWork()).isEqualTo(1);
            assertThat(roll.cutOff()).isEqualTo(1);
        });
    }

    @Test
    void withoutABrokerNothingWaits() {
        home.with(session -> {
            Muster muster = session.get(Muster.class);
            assertThat(muster.isShared()).isFalse();
            assertThat(muster.trouble()).isEmpty();
            assertThat(muster.roll().waiting()).isNull();
            assertThatThrownBy(muster::requeue).hasMessageContaining("no broker is configured");
        });
    }
}
