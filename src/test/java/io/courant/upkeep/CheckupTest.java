package io.courant.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.dns.Check;
import io.courant.dns.Check.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckupTest {
    private static final Instant NOW = Instant.parse("2026-11-23T07:00:00Z");

    @TempDir
    private Path home;

    @Test
    void theClockOfADatabaseElsewhereMustAgreeWithinSeconds() {
        assertThat(clocks(Optional.of(Duration.ofSeconds(-4))))
                .extracting(Check::verdict)
                .containsExactly(Verdict.OK, Verdict.OK);
        assertThat(clocks(Optional.of(Duration.ofSeconds(7)))).last().satisfies(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(check.name()).isEqualTo("jdbc:postgresql://db.example.org/courant");
            assertThat(check.words()).contains("7 s apart");
        });
        assertThat(clocks(Optional.empty())).hasSize(1);
    }

    private List<Check> clocks(Optional<Duration> ahead) {
        DatabaseAddress server = new DatabaseAddress("jdbc:postgresql://db.example.org/courant?ssl=true", "ada", null);
        return new Checkup(home, Optional.of(server), new Sound(), new Server(ahead))
                .examine(NOW).stream()
                        .filter(check -> check.subject().equals("clock"))
                        .toList();
    }

    /** A database that is well. */
    private record Server(Optional<Duration> ahead) implements Condition {
        @Override
        public List<String> damage() {
            return List.of();
        }

        @Override
        public Optional<String> refusal() {
            return Optional.empty();
        }

        @Override
        public long pending() {
            return 0;
        }

        @Override
        public Optional<Instant> latest() {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> clock() {
            return ahead.map(NOW::plus);
        }
    }

    /** A folder that belongs to its database. */
    private record Sound() implements Instance {
        @Override
        public Optional<Doubt> doubt() {
            return Optional.empty();
        }

        @Override
        public void confirm() {}
    }
}
