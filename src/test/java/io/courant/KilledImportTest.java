package io.courant;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Subscribers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An import in a process of its own that is killed on its way. */
class KilledImportTest {
    private static final int ROWS = 100_000;

    @TempDir
    private Path folder;

    @Test
    void anImportThatIsKilledGoesOnWhenItIsStartedAgain() throws IOException, InterruptedException {
        Path csv = folder.resolve("long.csv");
        Files.write(
                csv,
                Stream.concat(
                                Stream.of("email,tags"),
                                IntStream.range(0, ROWS).mapToObj(i -> "new" + i * 7_919L % ROWS + "@example.org,ai"))
                        .toList());
        try (ProcessHome home = new ProcessHome(folder, 1)) {
            Process process = home.start("subscribers", "import", csv.toString());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2)) // other tests run beside it
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> home.said("err").contains("20,000 of 100,000"));
            assertThat(ProcessHome.kill(process))
                    .as("there was something to kill")
                    .isTrue();

            assertThat(ProcessHome.ended(home.start("subscribers", "import", csv.toString(), "--json")))
                    .isZero();
            JsonNode merged =
                    JsonMapper.builder().build().readTree(home.said("out")).get("merged");
            assertThat(merged.get("unchanged").asInt()).isBetween(10_000, ROWS - 1);
            assertThat(merged.get("added").asInt() + merged.get("unchanged").asInt())
                    .isEqualTo(ROWS);
            Set<String> addresses = new HashSet<>();
            home.home().in(session -> {
                session.get(Subscribers.class)
                        .forEach(entry -> assertThat(addresses.add(
                                        entry.subscriber().address().value()))
                                .isTrue());
                return null;
            });
            assertThat(addresses).hasSize(ROWS + 1);
        }
    }
}
