package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.cluster.TestBroker;
import io.courant.editor.AuditLog;
import io.courant.job.BrokerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WorkersCommandTest {
    @TempDir
    private Path folder;

    private TestHome home;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        home.setClock(Instant.now()); // a lease lasts by the clock of the database
        home.subscribe("ada@example.org");
        home.post("one.md", "Hospitals");
        new Shell(home).courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private String settings(BrokerAddress broker, String password) throws IOException {
        Path secret = Files.writeString(folder.resolve("broker.password"), password);
        return Files.writeString(folder.resolve("courant.yaml"), """
                broker:
                  host: %s
                  port: %d
                  password-file: %s
                """.formatted(broker.host(), broker.port(), secret))
                .toString();
    }

    @Test
    void withoutABrokerThereIsNothingToShareAndNothingToPutInAgain() {
        Shell.Said said = new Shell(home).courant("workers").ending(ExitCode.DONE);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("nobody delivers anything now", "no broker is configured");
        assertThat(new Shell(home)
                        .courant("workers", "-q")
                        .ending(ExitCode.DONE)
                        .err())
                .isEmpty();
        JsonNode json = new Shell(home)
                .courant("workers", "--json")
                .ending(ExitCode.DONE)
                .json();
        assertThat(json.propertyNames()).containsExactly("workers", "broker", "takers", "waiting", "dead", "trouble");
        assertThat(json.get("broker").isNull()).isTrue();
        assertThat(new Shell(home)
                        .courant("workers", "--requeue")
                        .ending(ExitCode.INVALID)
                        .err())
                .contains("no broker is configured");
    }

    @Test
    void whoDeliversWhatStandsInColumnsAndWhatWasSetAsideGetsAnotherChance() throws Exception {
        Instant now = home.now();
        home.lease("mail1.example.org/42", 3_000, now.minusSeconds(100), now.plusSeconds(600));
        home.lease("mail2.example.org/43", 7, now.minusSeconds(9_000), now.minusSeconds(3_600));
        try (TestBroker broker = new TestBroker(folder.resolve("broker"))) {
            broker.setAside(1);
            broker.setAside(2);
            String settings = settings(broker.address(), broker.address().password());
            Shell.Said said =
                    new Shell(home).courant("workers", "--config", settings).ending(ExitCode.DONE);
            assertThat(said.out().lines().map(String::stripTrailing).toList())
                    .hasSize(5)
                    .satisfies(lines -> {
                        assertThat(lines.get(0)).startsWith("worker  ").endsWith("lease");
                        assertThat(lines.get(1))
                                .matches("mail1.example.org/42 +weekly-\\S+ +1 to 500 +3000 +30  \\d+ s left");
                        assertThat(lines.get(2)).contains("mail2.example.org/43", "  cut off at ");
                        assertThat(lines.get(3)).isEqualTo("no worker is connected to the broker");
                        assertThat(lines.get(4)).isEqualTo("0 parts waiting or at work, 2 set aside");
                    });
            assertThat(said.err()).contains("courant workers --requeue");
            Shell.Said again = new Shell(home)
                    .courant("workers", "--requeue", "--json", "--config", settings)
                    .ending(ExitCode.DONE);
            assertThat(again.err()).contains("2 parts put in again");
            assertThat(again.json().get("waiting").asInt()).isEqualTo(2);
            assertThat(again.json().get("dead").asInt()).isZero();
            assertThat(again.json().at("/workers/0/perSecond").asDouble()).isEqualTo(30);
            home.with(session -> assertThat(
                            session.get(AuditLog.class).list(new AuditLog.Filter(null, null, null, null, 1)))
                    .extracting(entry -> entry.act().what() + " " + entry.act().detail())
                    .containsExactly("parts requeue 2 parts"));
            Shell.Said refused = new Shell(home)
                    .courant("workers", "--config", settings(broker.address(), "something else"))
                    .ending(ExitCode.TRY_AGAIN);
            assertThat(refused.err()).contains("refuses the password");
        }
    }

    @Test
    void aBrokerThatIsAwayIsToldAndHidesNobody() throws IOException {
        home.lease("mail1/42", 3, home.now().minusSeconds(100), home.now().plusSeconds(600));
        BrokerAddress nobody = TestBroker.nobodyAt();
        Shell.Said said = new Shell(home)
                .courant("workers", "--config", settings(nobody, "any"))
                .ending(ExitCode.TRY_AGAIN);
        assertThat(said.out()).contains("mail1/42").doesNotContain("set aside");
        assertThat(said.err()).contains("broker " + nobody + ": cannot be used");
    }
}
