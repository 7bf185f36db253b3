package io.courant;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.consent.DoubleOptIn;
import io.courant.consent.Origin;
import io.courant.job.JobFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of a run in which relays name people, written down as thoroughly as it can be. */
class LogTest {
    private static final String GONE = "reader00001@example.org";
    private static final String NEW = "new@example.org";

    @TempDir
    private Path folder;

    @Test
    void eachEventIsOneObjectAndNamesNobody() throws Exception {
        try (ProcessHome processes = new ProcessHome(folder, 3)) {
            TestHome home = processes.home();
            home.setClock(Instant.now()); // as the process will have it
            home.with(session -> session.get(DoubleOptIn.class)
                    .request(
                            session.get(JobFolder.class).load(TestHome.WEEKLY).newsletter(),
                            NEW,
                            null,
                            new Origin("192.0.2.1")));
            for (String address : List.of(GONE, NEW)) {
                home.relay().onRecipient(address, "550 5.1.1 <" + address + "> is unknown here");
            }
            Process run = processes.start("run", TestHome.WEEKLY, "--verbose", "--log-format", "json");
            assertThat(ProcessHome.ended(run)).as(processes.said("err")).isZero();
            List<JsonNode> log = processes
                    .said("err")
                    .lines()
                    .filter(line -> line.startsWith("{"))
                    .map(JsonMapper.builder().build()::readTree)
                    .toList();
            assertThat(log).anySatisfy(event -> {
                assertThat(event.path("issue").asString(""))
                        .isEqualTo(processes.onlyIssue().value());
                assertThat(event.path("sent").asInt(0)).isEqualTo(2);
                assertThat(event.path("rejected").asInt(0)).isEqualTo(1);
            });
            assertThat(log)
                    .anySatisfy(event ->
                            assertThat(event.path("outcome").asString("")).isEqualTo("REJECTED"));
            assertThat(log.toString()).doesNotContain("@example.org");
        }
    }
}
