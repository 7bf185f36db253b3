package io.courant.desk;

import static io.courant.desk.TestDesk.fill;
import static io.courant.desk.TestDesk.press;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.editor.Act;
import io.courant.editor.AuditLog;
import io.courant.editor.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditPagesTest {
    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.editor("grace", Role.PUBLISHER);
        desk.editor("alan", Role.EDITOR);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void note(String who, String what, String subject) {
        desk.get(AuditLog.class)
                .note(new Act(desk.home().now(), who, Act.COMMAND_LINE, what, subject, "<b>of note</b>"));
    }

    @Test
    void theLogIsReadPageByPageTheNewestFirst() throws IOException {
        for (int i = 1; i <= 101; i++) {
            note("ada", "approve", "weekly-" + i);
        }
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage page = desk.open(browser, "/audit");
            assertThat(page.asNormalizedText())
                    .contains("weekly-101", "<b>of note</b>")
                    .doesNotContain("weekly-2\t");
            page = page.getAnchorByText("Older ones").click();
            assertThat(page.asNormalizedText()).contains("weekly-1").doesNotContain("weekly-101", "Older ones");
        }
    }

    @Test
    void theLogIsLookedThroughForPeopleSubjectsAndDays() {
        note("ada", "approve", "weekly-1");
        desk.home().advance(Duration.ofDays(2));
        note("bob", "cancel", "weekly-1");
        note("bob", "cancel", "garden-1");
        try (WebClient browser = desk.signedIn("grace")) {
            String today = desk.home().now().toString().substring(0, 10);
            assertThat(desk.open(browser, "/audit?who=bob&about=weekly-1").asNormalizedText())
                    .contains("cancel")
                    .doesNotContain("approve", "garden-1");
            assertThat(desk.open(browser, "/audit?since=" + today).asNormalizedText())
                    .contains("garden-1")
                    .doesNotContain("approve");
            assertThat(desk.open(browser, "/audit?who=nobody").asNormalizedText())
                    .contains("Nothing was noted of that");
            HtmlPage wrong = desk.open(browser, "/audit?since=yesterday");
            assertThat(wrong.getWebResponse().getStatusCode()).isEqualTo(422);
            assertThat(wrong.asNormalizedText()).contains("Not a date: 'yesterday'");
            HtmlPage filtered = press(fill(desk.open(browser, "/audit"), "who", " ada "), "Show");
            assertThat(filtered.asNormalizedText()).contains("approve").doesNotContain("cancel");
        }
    }

    @Test
    void theChainIsChecked() {
        note("ada", "approve", "weekly-1");
        try (WebClient browser = desk.signedIn("grace")) {
            AuditLog.Finding finding = desk.get(AuditLog.class).verify();
            assertThat(press(desk.open(browser, "/audit"), "Check that nothing was changed")
                            .asNormalizedText())
                    .contains(
                            finding.acts() + " acts, each as it was written",
                            finding.last().hex());
        }
    }

    @Test
    void anEditorDoesNotSeeTheLog() {
        try (WebClient browser = desk.signedIn("alan")) {
            HtmlPage page = desk.open(browser, "/audit");
            assertThat(page.getWebResponse().getStatusCode()).isEqualTo(403);
            assertThat(page.getAnchors())
                    .extracting(anchor -> anchor.getHrefAttribute())
                    .doesNotContain("/audit");
        }
    }
}
