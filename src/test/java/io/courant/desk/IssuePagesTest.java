package io.courant.desk;

import static io.courant.desk.TestDesk.press;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cli.Shell;
import io.courant.delivery.FrozenIssues;
import io.courant.editor.AuditLog;
import io.courant.editor.Role;
import java.nio.file.Path;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuePagesTest {
    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.home().subscribe("ada@example.org", "bob@example.org");
        desk.home().post("one.md", "Hospitals");
        desk.editor("grace", Role.PUBLISHER);
        desk.editor("alan", Role.READER);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private String composed() {
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
        new Shell(desk.home()).courant("compose", TestDesk.NEWSLETTER).ending(0);
        return desk.get(FrozenIssues.class)
                .latest(TestDesk.NEWSLETTER)
                .orElseThrow()
                .id()
                .value();
    }

    @Test
    void aPublisherHoldsAnIssueAndLetsItGoOn() {
        String issue = composed();
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage page = desk.open(browser, "/i/" + issue);
            assertThat(page.asNormalizedText()).contains("approved", "What is in it, and why", "Hospitals");
            page = press(page, "Pause");
            assertThat(page.asNormalizedText()).contains("Paused: within two seconds", "paused");
            page = press(page, "Go on");
            assertThat(page.asNormalizedText()).contains("It goes on");
            page = press(page, "Cancel for good");
            assertThat(page.asNormalizedText()).contains("Cancelled: whoever has not got it");
        }
        assertThat(desk.get(AuditLog.class).list(AuditLog.Filter.newest(3)))
                .extracting(entry -> entry.act().who() + " " + entry.act().what() + " "
                        + entry.act().subject())
                .containsExactly("grace cancel " + issue, "grace resume " + issue, "grace pause " + issue);
    }

    @Test
    void aReaderLooksAndNothingElse() {
        String issue = composed();
        try (WebClient browser = desk.signedIn("alan")) {
            HtmlPage page = desk.open(browser, "/i/" + issue);
            assertThat(page.asNormalizedText()).contains("Hospitals").doesNotContain("Pause");
            assertThat(page.getForms()).hasSize(1); // which signs out
        }
    }
}
