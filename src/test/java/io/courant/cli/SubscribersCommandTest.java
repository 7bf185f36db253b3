package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.store.EachDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@EachDatabase
class SubscribersCommandTest {
    private static final String READERS = """
            email,name,tags,joined
            ada@example.org,Ada,edge;vision,2026-01-15
            bob@example.org,"Bob ""B"" Brown",,2026-02-01
            a@example.org; b@example.org,Two,,
            "eve@example.org
            Bcc: all@example.org",Eve,,
            not-an-address,None,,
            """;

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;
    private Path csv;

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder);
        shell = new Shell(home);
        csv = Files.writeString(folder.resolve("readers.csv"), READERS);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private String exported() {
        return shell.courant("subscribers", "export").ending(ExitCode.DONE).out();
    }

    @Test
    void aRowThatIsWrongIsNamedWithLineAndReasonAndLeftOut() {
        Shell.Said said = shell.courant("subscribers", "import", csv.toString()).ending(ExitCode.FAILED);
        assertThat(said.out())
                .isEqualToIgnoringNewLines("5 lines: 2 added, 0 updated, 3 refused; 0 of them suppressed");
        assertThat(said.err().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith(csv + ":4: ").contains("two addresses"),
                        second -> assertThat(second).startsWith(csv + ":5: ").contains("line break"),
                        third -> assertThat(third).startsWith(csv + ":7: ").contains("has no @"));
        assertThat(exported()).contains("ada@example.org", "bob@example.org").doesNotContain("eve", "not-an-address");
    }

    @Test
    void aDryRunOfAnImportReportsTheSameAndKeepsNobody() {
        Shell.Said said = shell.courant("subscribers", "import", csv.toString(), "--dry-run")
                .ending(ExitCode.FAILED);
        assertThat(said.out())
                .isEqualToIgnoringNewLines(
                        "dry run, nothing changed: 5 lines: 2 added, 0 updated, 3 refused; 0 of them suppressed");
        assertThat(exported().lines()).hasSize(1);
    }

    @Test
    void aDryRunOfAnImportMakesNoHomeFolder() {
        shell.courant("subscribers", "import", csv.toString(), "--dry-run").ending(ExitCode.FAILED);
        assertThat(home.home()).doesNotExist();
    }

    @Test
    void anImportAsJson() {
        JsonNode report = shell.courant("subscribers", "import", csv.toString(), "--json")
                .ending(ExitCode.FAILED)
                .json();
        assertThat(report.get("lines").asInt()).isEqualTo(5);
        assertThat(report.get("merged").get("added").asInt()).isEqualTo(2);
        assertThat(report.get("refused")).hasSize(3);
        assertThat(report.get("refused").get(0).get("line").asInt()).isEqualTo(4);
        assertThat(report.get("refused").get(0).get("reason").asString()).contains("two addresses");
    }

    @Test
    void whatIsExportedCanBeImportedAndIsTheSame() throws IOException {
        shell.courant("subscribers", "import", csv.toString()).ending(ExitCode.FAILED);
        Path file = folder.resolve("export.csv");
        assertThat(shell.courant("subscribers", "export", file.toString())
                        .ending(ExitCode.DONE)
                        .err())
                .contains("2 subscribers written to " + file);
        assertThat(file).content().isEqualTo(exported());
        try (TestHome other = new TestHome(folder.resolve("other"))) {
            Shell there = new Shell(other);
            there.courant("subscribers", "import", file.toString()).ending(ExitCode.DONE);
            assertThat(there.courant("subscribers", "export")
                            .ending(ExitCode.DONE)
                            .out())
                    .isEqualTo(Files.readString(file));
            assertThat(there.courant("subscribers", "import", file.toString())
                            .ending(ExitCode.DONE)
                            .out())
                    .contains("0 added, 0 updated, 2 here already");
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(shell.courant(
                                "subscribers",
                                "import",
                                folder.resolve("none.csv").toString())
                        .ending(ExitCode.FAILED)
                        .err())
                .isEqualToIgnoringNewLines(folder.resolve("none.csv") + ": no such file");
    }

    @Test
    void aFileWithoutAddressesIsRefused() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.csv"), "");
        assertThat(shell.courant("subscribers", "import", empty.toString())
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("empty.csv is empty");
        Path other = Files.writeString(folder.resolve("other.csv"), "phone,city\n1,Berlin\n");
        assertThat(shell.courant("subscribers", "import", other.toString())
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("other.csv", "email");
    }

    @Test
    void whoIsSuppressedGetsNoMailFromNowOn() {
        home.subscribe("ada@example.org", "bob@example.org");
        home.post("one.md", "One");
        assertThat(shell.courant("subscribers", "suppress", "ADA@example.org", "nobody@example.org")
                        .ending(ExitCode.DONE)
                        .err())
                .contains("2 suppressed");
        assertThat(shell.courant("run", "weekly").ending(ExitCode.DONE).out())
                .contains("2 candidates = 1 accepted + 1 suppressed");
        assertThat(home.relay().copies()).containsOnlyKeys("bob@example.org");
        assertThat(shell.courant("subscribers", "suppress", "a@b@c")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("two addresses");
    }

    @Test
    void suppressionsAreListedAndLifted() {
        home.subscribe("ada@example.org");
        shell.courant("subscribers", "suppress", "Ada@example.org", "--reason", "asked by phone")
                .ending(ExitCode.DONE);
        assertThat(shell.courant("subscribers", "suppressed")
                        .ending(ExitCode.DONE)
                        .out())
                .matches("ada@example\\.org +2026-11-23T07:00:00Z  asked by phone\\R");
        assertThat(shell.courant("subscribers", "suppressed", "--json")
                        .ending(ExitCode.DONE)
                        .json()
                        .toString())
                .isEqualTo("[{\"address\":\"ada@example.org\",\"reason\":\"asked by phone\","
                        + "\"since\":\"2026-11-23T07:00:00Z\"}]");
        assertThat(shell.courant("subscribers", "show", "ada@example.org")
                        .ending(ExitCode.DONE)
                        .out())
                .startsWith("ada@example.org: active; suppressed (asked by phone)")
                .containsPattern("weekly +by segment +each issue; all topics");

        assertThat(shell.courant("subscribers", "allow", "ada@example.org")
                        .ending(ExitCode.DONE)
                        .out())
                .isEqualTo("ada@example.org: allowed; it was suppressed since 2026-11-23T07:00:00Z (asked by phone)\n");
        assertThat(shell.courant("subscribers", "allow", "ada@example.org")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("is not suppressed");
        assertThat(shell.courant("subscribers", "show", "bob@example.org")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("not a subscriber");
    }

    private long subscriber(Program.Session session, String address) {
        return session.get(Subscribers.class)
                .find(new EmailAddress(address))
                .orElseThrow()
                .id();
    }

    @Test
    void whatAReaderChoseIsShown() {
        home.subscribe("ada@example.org");
        Instant spring = Instant.parse("2027-03-01T00:00:00Z");
        home.with(session -> session.get(Readers.class)
                .choose(
                        TestHome.WEEKLY,
                        subscriber(session, "ada@example.org"),
                        new Preferences(
                                Set.of("privacy", "edge-ai"),
                                Frequency.MONTHLY,
                                7,
                                spring,
                                ZoneId.of("Asia/Tokyo"),
                                Form.TEXT,
                                Locale.GERMAN),
                        home.now()));
        assertThat(shell.courant("subscribers", "show", "ada@example.org")
                        .ending(ExitCode.DONE)
                        .out())
                .isEqualToNormalizingNewlines("""
                        ada@example.org: active
                          mail as text, language de, zone Asia/Tokyo
                          weekly                   by segment   monthly; topics edge-ai, privacy; not before 07:00; paused until 2027-03-01T00:00:00Z
                        """);
        assertThat(shell.courant("subscribers", "show", "ada@example.org", "--json")
                        .ending(ExitCode.DONE)
                        .json()
                        .toString())
                .isEqualTo("{\"address\":\"ada@example.org\",\"name\":\"\",\"state\":\"active\",\"tags\":[],"
                        + "\"language\":\"de\",\"zone\":\"Asia/Tokyo\",\"form\":\"text\",\"suppressed\":null,"
                        + "\"newsletters\":[{\"newsletter\":\"weekly\",\"standing\":\"bySegment\","
                        + "\"joined\":\"2026-01-15T09:00:00Z\",\"left\":null,\"topics\":[\"edge-ai\",\"privacy\"],"
                        + "\"frequency\":\"monthly\",\"hour\":7,\"pausedUntil\":\"2027-03-01T00:00:00Z\"}]}");
    }

    @Test
    void whoLeftAllAndCameBackToOneHasNotLeft() {
        home.subscribe("ada@example.org");
        home.with(session ->
                session.get(Subscribers.class).unsubscribe(subscriber(session, "ada@example.org"), home.now()));
        assertThat(shell.courant("subscribers", "show", "ada@example.org")
                        .ending(ExitCode.DONE)
                        .out())
                .startsWith("ada@example.org: unsubscribed")
                .containsPattern("weekly +left");
        home.with(session ->
                session.get(Readers.class).join(TestHome.WEEKLY, subscriber(session, "ada@example.org"), home.now()));
        assertThat(shell.courant("subscribers", "show", "ada@example.org")
                        .ending(ExitCode.DONE)
                        .out())
                .startsWith("ada@example.org: signed up")
                .containsPattern("weekly +joined +each issue")
                .doesNotContain("unsubscribed");
    }

    @Test
    void thatAnAddressWasErasedIsForgottenOnlyAfterAYes() {
        shell.courant("subscribers", "erase", "ada@example.org", "--yes").ending(ExitCode.DONE);
        assertThat(shell.courant("subscribers", "show", "ada@example.org")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("was erased");
        assertThat(shell.courant("subscribers", "allow", "ada@example.org")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("able to prove", "--yes");
        shell.courant("subscribers", "allow", "ada@example.org", "--yes").ending(ExitCode.DONE);
        assertThat(shell.courant("subscribers", "show", "ada@example.org")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("not a subscriber");
    }
}
