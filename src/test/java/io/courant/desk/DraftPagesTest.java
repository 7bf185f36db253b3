package io.courant.desk;

import static io.courant.desk.DraftForms.correct;
import static io.courant.desk.DraftForms.form;
import static io.courant.desk.DraftForms.headings;
import static io.courant.desk.DraftForms.item;
import static io.courant.desk.DraftForms.press;
import static io.courant.desk.DraftForms.submit;
import static io.courant.desk.DraftForms.told;
import static io.courant.desk.TestDesk.fill;
import static io.courant.desk.TestDesk.press;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cli.Shell;
import io.courant.delivery.FrozenIssues;
import io.courant.editor.AuditLog;
import io.courant.editor.Role;
import io.courant.job.HomeLock;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftPagesTest {
    @TempDir
    private Path folder;

    private TestDesk desk;
    private WebClient browser;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.home().subscribe("ada@example.org", "bob@example.org");
        desk.home().post("one.md", "Hospitals");
        desk.home().post("two.md", "Schools");
        desk.editor("grace", Role.PUBLISHER);
        browser = desk.signedIn("grace");
    }

    @AfterEach
    void close() {
        browser.close();
        desk.close();
    }

    private HtmlPage draft() {
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
        return page();
    }

    private HtmlPage page() {
        return desk.open(browser, "/n/weekly");
    }

    private List<String> noted(int newest) {
        return desk.get(AuditLog.class).list(AuditLog.Filter.newest(newest)).stream()
                .map(entry -> entry.act().what() + ": " + entry.act().detail())
                .toList();
    }

    @Test
    void anItemIsPinnedLeadsAndIsDroppedAndEachIsTakenBack() {
        HtmlPage page = press(draft(), "Hospitals", "Pin");
        assertThat(told(page)).isEqualTo("“Hospitals” will be in the next issue.");
        assertThat(item(page, "Hospitals").asNormalizedText()).contains("pinned");
        page = press(page, "Hospitals", "Do not pin");
        assertThat(item(page, "Hospitals").asNormalizedText()).doesNotContain("pinned");
        page = press(page, "Hospitals", "Lead with it");
        assertThat(headings(page)).containsExactly("Hospitals", "Schools");
        assertThat(item(page, "Hospitals").asNormalizedText()).contains("leads by choice");
        page = press(page, "Schools", "Drop");
        assertThat(headings(page)).containsExactly("Hospitals");
        assertThat(item(page, "Schools").asNormalizedText()).contains("Dropped by an editor");
        page = press(page, "Schools", "Take the drop back");
        assertThat(headings(page)).containsExactly("Hospitals", "Schools");
        assertThat(noted(5))
                .allMatch(act -> act.matches("(pin|drop): item \\d(, taken back|, as the lead)?"))
                .hasSize(5);
    }

    @Test
    void anItemMovesAndMovesBack() {
        HtmlPage page = press(draft(), "Hospitals", "Move up");
        assertThat(headings(page)).containsExactly("Hospitals", "Schools");
        page = press(page, "Hospitals", "Move down");
        assertThat(headings(page)).containsExactly("Schools", "Hospitals");
        page = TestDesk.press(page, "Undo");
        assertThat(told(page)).isEqualTo("Taken back: moved by grace.");
        assertThat(headings(page)).containsExactly("Hospitals", "Schools");
        page = TestDesk.press(page, "Redo");
        assertThat(headings(page)).containsExactly("Schools", "Hospitals");
    }

    @Test
    void anItemGetsAnotherHeadingAndTeaserAndBothAreTakenBack() {
        HtmlPage page = draft();
        HtmlForm form = form(page, "Hospitals", "/words");
        form.getInputByName("heading").setValue("Wards & <b>beds</b>");
        form.getTextAreaByName("teaser").setText("What doctors\nkeep – jede Größe.");
        page = submit(form);
        assertThat(headings(page)).containsExactly("Schools", "Wards & <b>beds</b>");
        assertThat(item(page, "Wards").asNormalizedText())
                .contains(
                        "What doctors keep – jede Größe.",
                        "Heading edited by grace",
                        "Its source calls it “Hospitals”");
        page = TestDesk.press(TestDesk.press(page, "Undo"), "Undo");
        assertThat(headings(page)).containsExactly("Schools", "Hospitals");
        assertThat(page.asNormalizedText()).doesNotContain("What doctors keep");
    }

    @Test
    void whoSavesOverWhatSomebodyElseWroteMeanwhileIsTold() {
        HtmlForm form = form(draft(), "Hospitals", "/words");
        desk.editor("alan", Role.EDITOR);
        try (WebClient other = desk.signedIn("alan")) {
            HtmlForm his = form(desk.open(other, "/n/weekly"), "Hospitals", "/words");
            his.getInputByName("heading").setValue("Clinics");
            assertThat(told(submit(his))).isEqualTo("Saved.");
        }
        form.getInputByName("heading").setValue("Wards");
        HtmlPage page = submit(form);
        assertThat(told(page)).isEqualTo("Saved. This took the place of what alan wrote meanwhile: “Clinics”.");
        assertThat(headings(TestDesk.press(page, "Undo"))).contains("Clinics");
    }

    @Test
    void savingWhatNobodyChangedIsNoEdit() {
        HtmlPage page = draft();
        page = submit(form(page, "Hospitals", "/words"));
        assertThat(told(page)).isEqualTo("Nothing was changed.");
        page = TestDesk.press(page, "Save");
        assertThat(told(page)).isEqualTo("Nothing was changed.");
        assertThat(page.asNormalizedText()).doesNotContain("Undo");
    }

    @Test
    void anItemsTopicIsCorrectedAndFoundAgain() {
        HtmlPage page = draft();
        page = correct(page, "Hospitals", "edge-ai");
        assertThat(told(page)).startsWith("“Hospitals” is about Edge AI now");
        assertThat(headings(page)).containsExactly("Hospitals", "Schools");
        page = TestDesk.press(page, "Topic up");
        assertThat(headings(page)).containsExactly("Schools", "Hospitals");
        page = press(page, "Hospitals", "Find its topics by its text");
        assertThat(headings(page)).hasSize(2);
        assertThat(page.asNormalizedText()).doesNotContain("Topic up");
    }

    @Test
    void theIssueGetsWordsOfItsOwn() {
        HtmlPage page = draft();
        fill(page, "subject", "What hospitals learn");
        fill(page, "preheader", "And what schools do not, in two reports of this week.");
        fill(page, "introduction", "Dear readers,\r\n\r\nit’s been a week für alle.");
        page = TestDesk.press(page, "Save");
        assertThat(page.asNormalizedText())
                .contains(
                        "What hospitals learn",
                        "And what schools do not",
                        "Dear readers,",
                        "it’s been a week für alle.");
        assertThat(page.<DomElement>getFirstByXPath("//*[@id='subject-count']").asNormalizedText())
                .isEqualTo("20 of about 78 characters");
        assertThat(page.<DomElement>getFirstByXPath("//h2[@id='mail']").asNormalizedText())
                .isEqualTo("What hospitals learn");
        assertThat(desk.open(browser, "/n/weekly/preview?view=text").asNormalizedText())
                .contains("it’s been a week für alle.");
        page = TestDesk.press(page(), "Undo");
        assertThat(page.asNormalizedText()).doesNotContain("it’s been a week für alle");
        assertThat(noted(4))
                .containsExactly("edit --undo: introduction", "edit: introduction", "edit: preheader", "edit: subject");
    }

    @Test
    void whatCannotBeIsToldAndChangesNothing() {
        HtmlPage page = draft();
        HtmlForm form = form(page, "Hospitals", "/words");
        form.getInputByName("heading").setValue("x".repeat(201));
        page = submit(form);
        assertThat(told(page)).isEqualTo("the heading has 201 characters; 200 is the most");
        assertThat(desk.open(browser, "/n/nothing").getWebResponse().getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void anEditorGetsATestAndNobodyElseAnything() {
        HtmlPage page = TestDesk.press(fill(draft(), "address", "ed@example.org"), "Send me a test");
        assertThat(told(page))
                .startsWith("A copy, marked as a test, is on its way to ed@example.org. Relay 127.0.0.1:");
        assertThat(desk.home().relay().taken())
                .singleElement()
                .satisfies(mail -> assertThat(mail.content()).contains("Subject: [Test]", "X-Courant-Test: yes"));
        page = TestDesk.press(fill(page, "address", "nobody"), "Send me a test");
        assertThat(told(page)).contains("not an email address: 'nobody'");
        assertThat(noted(1))
                .singleElement()
                .asString()
                .startsWith("preview --test: ")
                .doesNotContain("ed@example.org");
    }

    @Test
    void theSourcesAreReadAndTheIssueIsMadeAndMadeAnew() {
        HtmlPage page = page();
        assertThat(page.asNormalizedText()).contains("There would be no issue now");
        page = TestDesk.press(page, "Read the sources now");
        assertThat(told(page)).isEqualTo("The sources are being read; this page says what comes of it.");
        assertThat(done()).contains("Reading the sources, begun", "by grace: done.", "New posts: 2; known before: 0.");
        TestDesk.press(page(), "Make the issue");
        assertThat(done()).contains("weekly-2026-11-23 is made: approved.");
        page = page();
        assertThat(page.asNormalizedText()).contains("weekly-2026-11-23 is made, and nothing of it is sent.");
        TestDesk.press(page, "Make it anew");
        assertThat(done()).contains("weekly-2026-11-23-2 is made: approved.");
        assertThat(desk.get(FrozenIssues.class).unfinished("weekly")).hasSize(1);
        assertThat(noted(3)).containsExactly("compose --again: weekly-2026-11-23", "compose: ", "collect: ");
    }

    @Test
    void whatIsMadeElsewhereMeanwhileIsNotMadeTwice() {
        HtmlPage page = draft();
        new Shell(desk.home()).courant("compose", TestDesk.NEWSLETTER).ending(0);
        page = TestDesk.press(page, "Make the issue");
        assertThat(told(page)).isEqualTo("weekly-2026-11-23 is made already; look at it, or make it anew.");
    }

    @Test
    void anErrandWaitsForNobodyElse() {
        String told = HomeLock.holding(desk.home().home(), "testing", () -> {
            TestDesk.press(page(), "Read the sources now");
            return done();
        });
        assertThat(told).contains("failed.", "Nothing was done: ", "is in use: process ", "testing");
    }

    /** What came of the errand, once it has ended. */
    private String done() {
        String text = "The desk is";
        while (text.contains("The desk is")) {
            text = desk.open(browser, "/n/weekly/errand").asNormalizedText();
        }
        return text;
    }

    @Test
    void trendsSayWhatToDoWhileThereAreNone() {
        assertThat(desk.open(browser, "/n/weekly/trends").asNormalizedText()).contains("No posts yet.");
        draft();
        HtmlPage page = desk.open(browser, "/n/weekly/trends");
        assertThat(page.asNormalizedText()).contains("Privacy", "Too little history");
        assertThat(page.getElementsByTagName("svg")).hasSize(2);
    }
}
