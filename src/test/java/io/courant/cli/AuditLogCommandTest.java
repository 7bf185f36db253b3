package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The log of who did what. */
class AuditLogCommandTest {
    private static final String ISSUE = "weekly-2026-11-23";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Shell.Said done(String... line) {
        return shell.courant(line).ending(ExitCode.DONE);
    }

    /** What was noted, the oldest first: what, subject and detail. */
    private List<String> noted(String... more) {
        JsonNode acts = done(Stream.concat(Stream.of("audit", "--json"), Stream.of(more))
                        .toArray(String[]::new))
                .json();
        return acts.valueStream()
                .sorted((one, other) -> Long.compare(
                        one.get("number").asLong(), other.get("number").asLong()))
                .map(act -> String.join(
                        "|",
                        act.get("what").asString(),
                        act.get("subject").asString(),
                        act.get("detail").asString()))
                .toList();
    }

    @Test
    void anActSaysWhoDidWhatWhenAndFromWhere() {
        done("keys", "rotate");
        JsonNode act = done("audit", "--json").json().get(0);
        assertThat(act.propertyNames()).containsExactly("number", "at", "who", "from", "what", "subject", "detail");
        assertThat(done("audit").out())
                .isEqualTo("    1  2026-11-23T07:00:00Z  " + Operator.name() + " (command line): keys rotate key 2\n");
    }

    @Test
    void theWayOfAnIssueIsNoted() {
        home.subscribe("ada@example.org", "bob@example.org");
        home.post("one.md", "One");
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\napproval: true");
        done("run", "weekly");
        done("pause", ISSUE);
        done("send", ISSUE, "--test", "eve@example.org");
        done("approve", ISSUE);
        done("approve", ISSUE);
        done("pause", ISSUE);
        done("stop", ISSUE);
        done("stop", ISSUE);
        done("resume", ISSUE);
        shell.courant("send", ISSUE, "--only", "ada@example.org").ending(ExitCode.PARTLY_SENT);
        done("run", "weekly");
        done("run", "weekly");
        shell.courant("cancel", ISSUE);
        assertThat(noted(ISSUE))
                .containsExactly(
                        "send --test|" + ISSUE + "|",
                        "approve|" + ISSUE + "|",
                        "pause|" + ISSUE + "|",
                        "stop|" + ISSUE + "|",
                        "resume|" + ISSUE + "|",
                        "send|" + ISSUE + "|to 1 of its recipients",
                        "send|" + ISSUE + "|");
        assertThat(noted("weekly")).as("the newest issue").isEqualTo(noted(ISSUE));
    }

    @Test
    void aRunThatWaitsForItsTimeIsNotNoted() {
        home.subscribe("ada@example.org");
        home.post("one.md", "One");
        home.relay().onRecipient("ada@example.org", "450 4.2.0 later");
        shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        assertThat(noted()).containsExactly("send|" + ISSUE + "|");
        home.advance(Duration.ofMinutes(7));
        done("run", "weekly");
        assertThat(noted()).hasSize(2);
    }

    @Test
    void aDryRunLeavesNoTrace() throws IOException {
        Path csv = Files.writeString(folder.resolve("readers.csv"), "email\nada@example.org\n");
        done("subscribers", "import", csv.toString(), "--dry-run");
        home.subscribe("bob@example.org");
        home.post("one.md", "One");
        done("run", "weekly", "--dry-run");
        assertThat(done("audit").err()).contains("nothing was noted yet");
    }

    @Test
    void whatIsDoneToPeopleIsNotedByNumberAndNoAddressStays() throws IOException {
        Path csv = Files.writeString(folder.resolve("readers.csv"), "email\nada@example.org\n");
        done("subscribers", "import", csv.toString());
        done("subscribers", "export");
        done("subscribers", "export-one", "ada@example.org");
        done("subscribers", "suppress", "ada@example.org", "eve@example.org", "--reason", "ada@example.org asked");
        done("subscribers", "allow", "ada@example.org");
        done("subscribers", "erase", "ada@example.org", "--yes");
        done("subscribers", "allow", "ada@example.org", "--yes");
        assertThat(noted())
                .containsExactly(
                        "subscribers import||1 added, 0 updated",
                        "subscribers export||all",
                        "subscribers export-one|subscriber 1|",
                        "subscribers suppress|subscriber 1|",
                        "subscribers suppress||",
                        "subscribers allow|subscriber 1|",
                        "subscribers erase|subscriber 1|",
                        "subscribers allow||somebody who was erased");
        assertThat(done("audit", "subscriber 1", "--by", Operator.name(), "--since", "2026-11-23", "--limit", "1")
                        .out()
                        .lines())
                .singleElement()
                .asString()
                .contains("subscribers erase");
        assertThat(done("audit", "--by", "nobody").err()).contains("nothing was noted of that");
    }

    @Test
    void choicesAndAccountsAreNoted() {
        home.post("one.md", "One");
        done("collect", "weekly");
        done("assign", "weekly", "1", "edge-ai");
        done("pin", "weekly", "1", "--lead");
        done("pin", "weekly", "1", "--undo");
        done("drop", "weekly", "1");
        done("sources", "resume", "Notes");
        done("users", "add", "ada", "--role", "owner");
        done("users", "tokens", "add", "ada", "--scope", "read");
        done("users", "tokens", "revoke", "1");
        assertThat(noted())
                .containsExactly(
                        "assign|weekly|item 1 to edge-ai",
                        "pin|weekly|item 1, as the lead",
                        "pin|weekly|item 1, taken back",
                        "drop|weekly|item 1",
                        "sources resume|Notes|",
                        "users add|ada|owner",
                        "users tokens add|ada|token 1: read",
                        "users tokens revoke|ada|token 1");
    }

    @Test
    void theChainIsCheckedAndABrokenOneEndsWith1() throws SQLException {
        done("keys", "rotate");
        done("keys", "rotate");
        Shell.Said sound = done("audit", "--verify");
        assertThat(sound.out()).matches("2 acts, each as it was written; the last seal is [0-9a-f]{64}\n");
        try (Connection connection = home.connect();
                Statement change = connection.createStatement()) {
            change.executeUpdate("drop trigger act_stays" + (TestDatabase.isSqlite() ? "" : " on act"));
            change.executeUpdate("update act set who = 'eve' where number = 1");
        }
        assertThat(shell.courant("audit", "--verify").ending(ExitCode.FAILED).err())
                .contains("act 1 is not as it was written");
        JsonNode json = shell.courant("audit", "--verify", "--json")
                .ending(ExitCode.FAILED)
                .json();
        assertThat(json.propertyNames()).containsExactly("acts", "broken", "last");
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        assertThat(shell.courant("audit", "--relay-log", "relay.log")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("say which issue");
        assertThat(shell.courant("audit", "--open").ending(ExitCode.USAGE).err())
                .contains("--relay-log");
    }
}
