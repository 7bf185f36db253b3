package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.cli.Shell;
import io.courant.cluster.TestBroker;
import io.courant.editor.ApiToken.Scope;
import io.courant.editor.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthAndMetricsTest {
    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void figuresSayHowIssuesStandAndNameNobody() {
        desk.home().subscribe("ada@example.org", "bob@example.org");
        desk.home().post("one.md", "Hospitals");
        new Shell(desk.home()).courant("run", TestDesk.NEWSLETTER).ending(0);
        TestApi api = TestApi.of(desk, "alan", Role.READER, Scope.READ);
        assertThat(new TestApi(desk, "").get("/metrics").status()).isEqualTo(401);
        TestApi.Answer answer = api.get("/metrics");
        assertThat(answer.header("Content-Type")).startsWith("text/plain;version=0.0.4");
        assertThat(answer.body())
                .contains(
                        "courant_issues{newsletter=\"weekly\",state=\"finished\"} 1.0",
                        "courant_messages_total{newsletter=\"weekly\",outcome=\"accepted\"} 2.0",
                        "courant_sources_failing{newsletter=\"weekly\"} 0.0",
                        "courant_last_success_timestamp_seconds{newsletter=\"weekly\"}",
                        "courant_web_requests_total{method=\"GET\",status=\"4xx\"} 1.0",
                        "jvm_memory_used_bytes")
                .doesNotContain("example.org");
    }

    @Test
    void healthSaysWhyToThoseWhoMayLookAndLittleToOthers() throws IOException {
        TestApi nobody = new TestApi(desk, "");
        assertThat(nobody.get("/health/live").body()).isEqualTo("{\"status\":\"live\",\"reasons\":{}}");
        assertThat(nobody.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\",\"reasons\":{}}");
        Files.writeString(desk.home().jobs().resolve("broken.yaml"), "title: Broken\n");
        TestApi.Answer answer = nobody.get("/health/ready");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"status\":\"not ready\",\"reasons\":{\"jobs\":[]}}");
        TestApi api = TestApi.of(desk, "alan", Role.READER, Scope.READ);
        assertThat(api.get("/health/ready").json().at("/reasons/jobs/0").asString())
                .startsWith("jobs/broken.yaml");
    }

    @Test
    void aBrokerThatAnswersHasItsFigures() throws Exception {
        TestHome shared = new TestHome(folder.resolve("shared"));
        try (TestBroker broker = new TestBroker(folder.resolve("broker"))) {
            broker.setAside(1);
            shared.broker(broker.address());
            try (TestDesk manager = new TestDesk(shared)) {
                TestApi api = TestApi.of(manager, "alan", Role.READER, Scope.READ);
                assertThat(api.get("/metrics").body())
                        .contains(
                                "courant_workers 0.0",
                                "courant_workers_cut_off 0.0",
                                "courant_broker_up 1.0",
                                "courant_parts_takers 0.0",
                                "courant_parts_waiting 0.0",
                                "courant_parts_dead 1.0");
                assertThat(api.get("/health/ready").status()).isEqualTo(200);
            }
        } finally {
            shared.close();
        }
    }

    @Test
    void withoutItsBrokerAnInstallationIsNotReady() throws IOException {
        TestHome shared = new TestHome(folder.resolve("shared"));
        shared.broker(TestBroker.nobodyAt());
        try (TestDesk manager = new TestDesk(shared)) {
            TestApi api = TestApi.of(manager, "alan", Role.READER, Scope.READ);
            TestApi.Answer answer = api.get("/health/ready");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().at("/reasons/broker/0").asString()).contains("cannot be used");
            assertThat(api.get("/metrics").body())
                    .contains("courant_broker_up 0.0")
                    .doesNotContain("courant_parts_waiting");
        } finally {
            shared.close();
        }
    }
}
