package io.courant.desk;

import static io.courant.desk.TestDesk.fill;
import static io.courant.desk.TestDesk.press;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Subscribers;
import io.courant.cli.Shell;
import io.courant.editor.AuditLog;
import io.courant.editor.Role;
import io.courant.report.PersonalData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlFileInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriberPagesTest {
    private static final EmailAddress ADA = new EmailAddress("ada@example.org");

    @TempDir
    private Path folder;

    private TestDesk desk;
    private WebClient browser;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.home().subscribe("ada@example.org", "bob@example.org");
        desk.editor("grace", Role.PUBLISHER);
        desk.editor("alan", Role.EDITOR);
        browser = desk.signedIn("grace");
    }

    @AfterEach
    void close() {
        browser.close();
        desk.close();
    }

    private long id(String address) {
        return desk.get(Subscribers.class)
                .find(new EmailAddress(address))
                .orElseThrow()
                .id();
    }

    private HtmlPage search(WebClient whose, String part) {
        return press(fill(desk.open(whose, "/subscribers"), "address", part), "Look");
    }

    @Test
    void somebodyIsFoundByAPartOfTheAddress() throws IOException {
        HtmlPage page = search(browser, "ADA@");
        assertThat(page.getUrl().toString()).doesNotContain("ADA");
        assertThat(page.asNormalizedText()).contains("ada@example.org").doesNotContain("bob@example.org");
        page = page.getAnchorByText("ada@example.org").click();
        assertThat(page.getUrl().getPath()).isEqualTo("/subscribers/" + id("ada@example.org"));
        assertThat(page.asNormalizedText()).contains("active", "weekly", "No issue was meant for them yet");
        assertThat(search(browser, "nobody").asNormalizedText()).contains("Nobody’s address holds “nobody”");
    }

    @Test
    void theLastIssuesAreShownWithWhatBecameOfThem() {
        desk.home().post("one.md", "Hospitals");
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
        new Shell(desk.home()).courant("compose", TestDesk.NEWSLETTER).ending(0);
        assertThat(desk.open(browser, "/subscribers/" + id("ada@example.org")).asNormalizedText())
                .contains("weekly-2026", "ready");
    }

    @Test
    void somebodyIsAddedByHandWithTheProof() {
        HtmlPage page = fill(desk.open(browser, "/subscribers"), "email", "carl@example.org");
        fill(fill(fill(page, "name", "Carl"), "tags", "ai, maths"), "consent", "Asked by phone");
        page = press(page, "Add");
        assertThat(page.asNormalizedText()).contains("Added.", "Carl", "ai, maths", "Asked by phone", "added by grace");
        assertThat(desk.get(AuditLog.class)
                        .list(AuditLog.Filter.newest(1))
                        .get(0)
                        .act()
                        .subject())
                .isEqualTo("subscriber " + id("carl@example.org"));
        page = fill(desk.open(browser, "/subscribers"), "email", "dora@example.org");
        assertThat(press(fill(page, "consent", " "), "Add").asNormalizedText())
                .contains("Nobody was added", "what they agreed to");
    }

    @Test
    void nobodyIsBroughtBackWhoLeftOrWasErased() {
        desk.get(Subscribers.class)
                .unsubscribe(id("ada@example.org"), desk.home().now());
        HtmlPage page = fill(desk.open(browser, "/subscribers"), "email", "ada@example.org");
        assertThat(press(fill(page, "consent", "Asked by phone"), "Add").asNormalizedText())
                .contains("They left before, and stay so", "unsubscribed");
        desk.get(Erasures.class).erase(ADA, desk.home().now());
        page = fill(desk.open(browser, "/subscribers"), "email", "ada@example.org");
        assertThat(press(fill(page, "consent", "Asked by phone"), "Add").asNormalizedText())
                .contains("had their data erased");
        assertThat(search(browser, "ada@example.org").asNormalizedText()).contains("had their data erased");
    }

    @Test
    void anAddressIsSuppressedAndAllowedAgain() {
        HtmlPage page = desk.open(browser, "/subscribers/" + id("ada@example.org"));
        page = press(fill(page, "reason", "complaint"), "Suppress");
        assertThat(page.asNormalizedText()).contains("Suppressed: nothing is sent to it any more");
        page = desk.open(browser, "/subscribers/" + id("ada@example.org"));
        assertThat(page.asNormalizedText()).contains("Suppressed, so nothing is sent: complaint");
        page = press(page, "Allow mail again");
        assertThat(page.asNormalizedText()).contains("Allowed; it was suppressed since");
        page = press(fill(desk.open(browser, "/subscribers"), "whom", "typo@example.org"), "Suppress");
        assertThat(page.asNormalizedText()).contains("check the spelling");
        page = press(fill(page, "whom", "typo@example.org"), "Allow again");
        assertThat(page.asNormalizedText()).contains("Allowed");
        page = press(fill(page, "whom", "typo@example.org"), "Allow again");
        assertThat(page.asNormalizedText()).contains("It is not suppressed");
        assertThat(desk.get(AuditLog.class).list(AuditLog.Filter.newest(10)))
                .extracting(entry -> entry.act().toString())
                .noneMatch(act -> act.contains("@"));
    }

    @Test
    void somebodyIsErasedOnceTheAddressIsTyped() {
        long id = id("ada@example.org");
        HtmlPage page = desk.open(browser, "/subscribers/" + id);
        page = press(fill(page, "typed", "bob@example.org"), "Erase");
        assertThat(page.asNormalizedText()).contains("Nothing was erased");
        page = press(fill(page, "typed", "Ada@example.org"), "Erase");
        assertThat(page.asNormalizedText()).contains("Erased; no import brings the address back");
        assertThat(desk.get(PersonalData.class).of(ADA)).isEmpty();
        assertThat(desk.open(browser, "/subscribers/" + id).getWebResponse().getStatusCode())
                .isEqualTo(404);
        assertThat(desk.get(AuditLog.class)
                        .list(AuditLog.Filter.newest(1))
                        .get(0)
                        .act()
                        .subject())
                .isEqualTo("subscriber " + id);
    }

    private HtmlPage tried(String list) throws IOException {
        Path file = Files.writeString(folder.resolve("readers.csv"), list, UTF_8);
        HtmlPage page = fill(desk.open(browser, "/subscribers/import"), "consent", "The form of 2026");
        page.<HtmlFileInput>getFirstByXPath("//input[@type='file']").setFiles(file.toFile());
        return press(page, "See what would happen");
    }

    @Test
    void aListIsTriedBeforeItIsImported() throws IOException {
        HtmlPage page = tried("email,name,shoes\nada@example.org,Ada,39\ncarl@example.org,Carl,44\nnonsense,,\n");
        assertThat(page.asNormalizedText())
                .contains(
                        "What would happen",
                        "readers.csv is kept for an hour",
                        "Not used: shoes",
                        "not an email address");
        assertThat(desk.get(Subscribers.class).census().active()).isEqualTo(2);
        page = press(page, "Import it");
        assertThat(page.asNormalizedText()).contains("readers.csv is imported");
        assertThat(desk.get(Subscribers.class).census().active()).isEqualTo(3);
        assertThat(desk.get(PersonalData.class)
                        .of(new EmailAddress("carl@example.org"))
                        .orElseThrow()
                        .consents())
                .extracting(consent -> consent.wording())
                .containsExactly("The form of 2026");
        try (Stream<Path> left = Files.list(desk.home().home().resolve("uploads"))) {
            assertThat(left).isEmpty();
        }
        assertThat(desk.get(AuditLog.class)
                        .list(AuditLog.Filter.newest(1))
                        .get(0)
                        .act()
                        .detail())
                .isEqualTo("1 added, 1 updated");
    }

    @Test
    void aListWithoutAddressesIsRefusedAndNotKept() throws IOException {
        assertThat(tried("colour\nred\n").asNormalizedText()).contains("This list cannot be imported");
        try (Stream<Path> left = Files.list(desk.home().home().resolve("uploads"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anExportIsADownloadThatNoSpreadsheetRuns() throws IOException {
        HtmlPage page = press(tried("email,name\neve@example.org,=cmd()\n"), "Import it");
        assertThat(page.asNormalizedText()).contains("is imported");
        Page export = desk.open(browser, "/subscribers").getForms().stream()
                .filter(form -> form.getActionAttribute().equals("/subscribers/export"))
                .findFirst()
                .orElseThrow()
                .<org.htmlunit.html.HtmlButton>getFirstByXPath(".//button")
                .click();
        assertThat(export.getWebResponse().getContentAsString()).contains("ada@example.org", "eve@example.org,'=cmd()");
        assertThat(export.getWebResponse().getResponseHeaderValue("Content-Disposition"))
                .isEqualTo("attachment; filename=\"subscribers.csv\"");
        assertThat(desk.get(AuditLog.class)
                        .list(AuditLog.Filter.newest(1))
                        .get(0)
                        .act()
                        .what())
                .isEqualTo("subscribers export");
    }

    @Test
    void anEditorLooksAndChangesNobody() {
        try (WebClient editors = desk.signedIn("alan")) {
            assertThat(search(editors, "ada").asNormalizedText())
                    .contains("ada@example.org")
                    .doesNotContain("Export");
            String ada = "/subscribers/" + id("ada@example.org");
            assertThat(desk.open(editors, ada).asNormalizedText()).doesNotContain("Erase");
            for (String path : List.of(
                    "/subscribers",
                    "/subscribers/suppress",
                    "/subscribers/allow",
                    "/subscribers/import/run",
                    "/subscribers/export",
                    ada + "/erase")) {
                assertThat(desk.post(editors, path)).as(path).isEqualTo(403);
            }
            assertThat(desk.open(editors, "/subscribers/import")
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(403);
        }
    }
}
