package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.job.HomeLock;
import io.courant.lab.RelayLog;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AuditCommandTest {
    private static final String ISSUE = "weekly-2026-11-23";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.relay().log(RelayLog.open(log(), home.program().clock()));
        home.subscribe("ada@example.org", "bob@example.org");
        home.post("one.md", "One");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Path log() {
        return folder.resolve("relay.log");
    }

    private Shell.Said audit(int exitCode, String... more) {
        String[] arguments = {"audit", ISSUE, "--relay-log", log().toString()};
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of(more));
        return shell.courant(line.toArray(String[]::new)).ending(exitCode);
    }

    @Test
    void aRunWithALost250IsExplained() {
        home.relay().on(Step.DOT, "take-and-drop");
        shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        assertThat(audit(ExitCode.FAILED).out())
                .contains("1 deliveries are IN_DOUBT, which is not final; send the issue to its end");
        audit(ExitCode.DONE, "--open");
        home.advance(Duration.ofMinutes(16));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        Shell.Said audited = audit(ExitCode.DONE);
        assertThat(audited.out())
                .isEqualToIgnoringNewLines(ISSUE + ": 2 candidates, 2 in the log with 3 copies; 0 lost;"
                        + " second copies: 1 explained, 0 unexplained");
        assertThat(audited.err()).isEqualToIgnoringNewLines("all is well");
    }

    @Test
    void whatIsWrongIsToldLineByLineAndEndsWith1() throws IOException {
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        List<String> lines = Files.readAllLines(log());
        String bobs =
                lines.stream().filter(line -> line.contains("bob@")).findFirst().orElseThrow();
        Files.write(log(), List.of(bobs, bobs));
        Shell.Said audited = audit(ExitCode.FAILED);
        assertThat(audited.out().lines().skip(1))
                .containsExactly(
                        "ada@example.org: ACCEPTED and never in doubt, but the relay's log has no copy",
                        "bob@example.org: ACCEPTED and never in doubt, but the relay took 2 copies");
        assertThat(audited.err()).isEqualToIgnoringNewLines("2 violations");
        JsonNode json = audit(ExitCode.FAILED, "--json").json();
        assertThat(List.copyOf(json.propertyNames()))
                .containsExactly(
                        "issue", "candidates", "inTheLog", "copies", "lost", "explained", "unexplained", "violations");
        assertThat(json.get("issue").asString()).isEqualTo(ISSUE);
        assertThat(json.get("lost").asInt()).isEqualTo(1);
        assertThat(json.get("unexplained").asInt()).isEqualTo(1);
        assertThat(json.get("violations")).hasSize(2);
    }

    @Test
    void anAuditIsNotMadeWhileSomebodySends() {
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        try (HomeLock lock = HomeLock.take(home.home(), "sending " + ISSUE)) {
            assertThat(lock).isNotNull();
            assertThat(audit(ExitCode.TRY_AGAIN).err()).contains("is in use: process");
        }
    }

    @Test
    void aLogThatIsNotThereIsNamed() throws IOException {
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        Files.delete(log());
        assertThat(audit(ExitCode.FAILED).err()).contains(log() + ": no such file");
    }
}
