package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TestMailTest {
    private static final String ISSUE = "weekly-2026-11-23";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.subscribe("ada@example.org");
        home.post("one.md", "One");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private JsonNode deliveries() {
        return shell.courant("status", ISSUE, "--json")
                .ending(ExitCode.DONE)
                .json()
                .get("deliveries");
    }

    @Test
    void anEditorSeesAnIssueInWhateverStateItIsAndNoDeliveryIsTouched() {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\napproval: true");
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        JsonNode before = deliveries();
        Shell.Said awaiting = shell.courant("send", ISSUE, "--test", "ed@example.org", "--test", "ada@example.org")
                .ending(ExitCode.DONE);
        assertThat(awaiting.out().lines())
                .allSatisfy(line -> assertThat(line).contains("accepted by relay 127.0.0.1:", ": 250 2.0.0 queued"))
                .hasSize(2);
        shell.courant("stop", ISSUE).ending(ExitCode.DONE);
        shell.courant("send", ISSUE, "--test", "ed@example.org").ending(ExitCode.DONE);
        assertThat(deliveries()).isEqualTo(before);
        shell.courant("approve", ISSUE).ending(ExitCode.DONE);
        shell.courant("send", ISSUE).ending(ExitCode.DONE);
        JsonNode told = shell.courant("send", ISSUE, "--test", "ed@example.org", "--json")
                .ending(ExitCode.DONE)
                .json();
        assertThat(told.get(0).propertyNames()).containsExactly("address", "messageId", "relay", "outcome", "reply");
        assertThat(home.relay().taken()).hasSize(5);
        assertThat(home.relay().taken().get(4).content())
                .contains(
                        "Message-ID: <" + told.get(0).get("messageId").asString() + ">", "X-Courant-Test: yes", "One");
        assertThat(home.relay().taken().get(3).content()).doesNotContain("X-Courant-Test");
        assertThat(shell.courant("who", ISSUE).ending(ExitCode.DONE).out().lines())
                .hasSize(1);
    }

    @Test
    void theNextIssueCanBeTestedBeforeItIsMade() {
        JsonNode preview = shell.courant(
                        "preview",
                        "weekly",
                        "--json",
                        "--out",
                        folder.resolve("preview").toString(),
                        "--test",
                        "ed@example.org")
                .ending(ExitCode.DONE)
                .json();
        assertThat(preview.propertyNames()).containsExactly("html", "text", "eml", "tests");
        assertThat(preview.get("tests").get(0).get("outcome").asString()).isEqualTo("accepted");
        assertThat(home.relay().taken())
                .singleElement()
                .satisfies(mail -> assertThat(mail.content()).contains("Subject: [Test]", "One"));
        assertThat(shell.courant("status").ending(ExitCode.DONE).out())
                .as("issues")
                .isEmpty();
    }

    @Test
    void whatTheRelaySaysBecomesTheExitCode() {
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        shell.courant("compose", "weekly").ending(ExitCode.DONE);
        home.relay().onRecipient("ed@example.org", "550 5.1.1 no such mailbox", "450 4.2.1 busy");
        assertThat(shell.courant("send", ISSUE, "--test", "ed@example.org")
                        .ending(ExitCode.FAILED)
                        .out())
                .contains("test to ed@example.org: rejected by relay ", ": 550 5.1.1 no such mailbox");
        shell.courant("send", ISSUE, "--test", "ed@example.org").ending(ExitCode.TRY_AGAIN);
        home.relay().close();
        shell.courant("send", ISSUE, "--test", "ed@example.org").ending(ExitCode.TRY_AGAIN);
    }

    @Test
    void aTestAndASendAreTwoThings() {
        assertThat(shell.courant("send", ISSUE, "--test", "ed@example.org", "--limit", "3")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("leave out --dry-run, --limit and --only");
    }
}
