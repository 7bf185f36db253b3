package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.job.Runs;
import io.courant.job.Workshop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ErrandsTest {
    /** Where nothing is ever done. */
    private static final Workshop ON_FIRE = new Workshop() {
        @Override
        public <T> T alone(String purpose, Function<Runs, T> work) {
            throw new StackOverflowError("too deep");
        }
    };

    @Test
    void anErrandThatFailsBadlyKeepsNoOtherFromBeginning() throws InterruptedException {
        Errands errands = new Errands(ON_FIRE, InstantSource.fixed(Instant.EPOCH));
        for (int i = 0; i < 2; i++) {
            String id = errands.begin("weekly", "making the issue", "ada", runs -> Errands.Outcome.NONE_YET)
                    .id();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> errands.find(id).orElseThrow().ended() != null);
            assertThat(errands.find(id).orElseThrow().outcome().words()).isEqualTo("too deep");
        }
        errands.close();
    }
}
