package io.courant.desk;

import static io.courant.desk.DraftForms.correct;
import static io.courant.desk.DraftForms.form;
import static io.courant.desk.DraftForms.headings;
import static io.courant.desk.DraftForms.item;
import static io.courant.desk.DraftForms.told;
import static io.courant.desk.TestDesk.fill;
import static io.courant.desk.TestDesk.press;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.editor.Editors;
import io.courant.editor.Invitations;
import io.courant.issue.Choice;
import io.courant.job.Sends;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import io.courant.store.EachDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An editor's day from the first link to the report, in a browser without scripts. After each press it is asked both what
 * the page says and what became of it in the database or at the relay.
 */
@EachDatabase
class EditorsDayTest {
    private static final int READERS = 120;
    private static final String REFUSED = "reader007@example.org";
    private static final String EDITOR = "owner@desk.example.org";
    private static final String HEADING = "What wards learn";
    private static final String TEASER = "Nobody’s file leaves the house.";
    private static final String INTRODUCTION = "Dear readers, it has been a week.";

    @TempDir
    private Path folder;

    private TestDesk desk;
    private Backstage behind;
    private WebClient browser;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        behind = new Backstage(desk);
        desk.home()
                .subscribe(IntStream.range(0, READERS)
                        .mapToObj("reader%03d@example.org"::formatted)
                        .toArray(String[]::new));
        List.of("Hospitals", "Schools", "Banks", "Trains")
                .forEach(title -> desk.home().post(title + ".md", title));
        desk.home()
                .changeJob(
                        TestDesk.NEWSLETTER,
                        "template: digest",
                        "template: digest\napproval: true\ngrace: 10m\npace: {connections: 2}");
        desk.home()
                .relay()
                .always(Step.DOT, "delay 40ms")
                .onRecipient(REFUSED, "550 5.7.1 <" + REFUSED + "> no mail from you", "250 2.1.5 ok");
        browser = TestDesk.browser();
    }

    @AfterEach
    void close() {
        browser.close();
        desk.close();
    }

    @Test
    void anEditorsDay() {
        signInByTheFirstLink();
        readTheSources();
        giveAnItemOtherWords();
        introduceTheIssue();
        pinDropAndMove();
        correctATopic();
        lookAtThePreviews();
        getATest();

        String first = make();
        approveAndTakeItBack(first);
        cancelWithinTheGracePeriod(first);

        String issue = make();
        approveForAMoment(issue);
        watchPauseAndStop(issue);
        readTheReport(issue);
        tryTheRefusedAgain(issue);

        everybodyHasGotWhatWasEdited(issue);
        signOut();
    }

    private void signInByTheFirstLink() {
        Invitations.Invitation link = desk.get(Invitations.class).first().orElseThrow();
        HtmlPage login = press(fill(page("/" + link.path()), "password", TestDesk.PASSWORD), "Keep it");
        assertThat(desk.get(Editors.class).find("owner").orElseThrow().hasPassword())
                .isTrue();
        HtmlPage today = press(fill(fill(login, "name", "owner"), "password", TestDesk.PASSWORD), "Sign in");
        assertThat(today.asNormalizedText()).contains("Today", "Weekly", "No fixed time", "No issue yet.");
    }

    private void readTheSources() {
        HtmlPage draft = draft();
        assertThat(draft.asNormalizedText()).contains("There would be no issue now");
        press(draft, "Read the sources now");
        assertThat(awaitErrand()).contains("done.", "New posts: 4; known before: 0.");
        assertThat(behind.newSections()).hasSize(4);
        assertThat(headings(draft())).containsExactlyInAnyOrder("Hospitals", "Schools", "Banks", "Trains");
    }

    private void giveAnItemOtherWords() {
        long hospitals = section("Hospitals");
        HtmlForm words = form(draft(), "Hospitals", "/words");
        words.getInputByName("heading").setValue(HEADING);
        words.getTextAreaByName("teaser").setText(TEASER);
        HtmlPage page = DraftForms.submit(words);
        assertThat(told(page)).isEqualTo("Saved.");
        assertThat(item(page, HEADING).asNormalizedText()).contains(TEASER, "Why it is here", "“Hospitals”");
        assertThat(behind.edits())
                .containsExactly("HEADING " + hospitals + " " + HEADING, "TEASER " + hospitals + " " + TEASER);
        page = press(page, "Undo");
        assertThat(told(page)).isEqualTo("Taken back: teaser edited by owner.");
        assertThat(behind.edits()).hasSize(1);
        page = press(page, "Redo");
        assertThat(item(page, HEADING).asNormalizedText()).contains(TEASER);
        assertThat(behind.edits()).hasSize(2);
    }

    private void introduceTheIssue() {
        HtmlPage page = fill(fill(draft(), "introduction", INTRODUCTION), "subject", "What we learn");
        page = press(page, "Save");
        assertThat(page.asNormalizedText()).contains(INTRODUCTION);
        assertThat(page.<DomElement>getFirstByXPath("//*[@id='subject-count']").asNormalizedText())
                .startsWith("13 of about ");
        assertThat(behind.edits()).hasSize(4).contains("INTRODUCTION  " + INTRODUCTION, "SUBJECT  What we learn");
    }

    private void pinDropAndMove() {
        long schools = section("Schools");
        long trains = section("Trains");
        DraftForms.press(draft(), "Schools", "Pin");
        HtmlPage page = DraftForms.press(draft(), "Trains", "Drop");
        assertThat(behind.choice(schools)).isEqualTo(Choice.PIN);
        assertThat(behind.newSections()).doesNotContain(trains);
        assertThat(item(page, "Trains").asNormalizedText()).contains("Dropped by an editor");

        List<String> before = headings(page);
        page = DraftForms.press(page, before.get(1), "Move up");
        assertThat(headings(page)).containsExactly(before.get(1), before.get(0), before.get(2));
        assertThat(behind.edits()).hasSize(5);
        page = press(page, "Undo");
        assertThat(headings(page)).isEqualTo(before);
        assertThat(behind.edits()).hasSize(4);
    }

    private void correctATopic() {
        long banks = section("Banks");
        HtmlPage page = correct(draft(), "Banks", "edge-ai");
        assertThat(told(page)).startsWith("“Banks” is about Edge AI now");
        assertThat(behind.topic(banks)).isEqualTo("edge-ai");
        assertThat(headings(press(page, "Topic up"))).startsWith("Banks");
        assertThat(behind.edits()).last().asString().startsWith("TOPIC_");
    }

    private void lookAtThePreviews() {
        for (String view : List.of("light", "dark")) {
            HtmlPage page = page("/n/weekly/preview?view=" + view);
            assertThat(page.getElementsByTagName("iframe")).hasSize(2).allSatisfy(frame -> {
                assertThat(frame.hasAttribute("sandbox")).isTrue();
                assertThat(TestDesk.load(browser, desk.url(frame.getAttribute("src")))
                                .getContentAsString())
                        .contains(HEADING, INTRODUCTION)
                        .doesNotContain("Trains");
            });
        }
        assertThat(page("/n/weekly/preview?view=text").asNormalizedText()).contains(HEADING, TEASER, INTRODUCTION);
        assertThat(page("/n/weekly/preview?view=source").asNormalizedText())
                .contains("Subject: What we learn", "List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    }

    private void getATest() {
        HtmlPage page = press(fill(draft(), "address", EDITOR), "Send me a test");
        assertThat(told(page)).startsWith("A copy, marked as a test, is on its way to " + EDITOR + ". Relay ");
        assertThat(desk.home().relay().taken()).singleElement().satisfies(mail -> {
            assertThat(mail.recipient()).isEqualTo(EDITOR);
            assertThat(mail.content()).contains("Subject: [Test]\r\n What we learn", "X-Courant-Test: yes");
            assertThat(Backstage.words(mail)).contains(HEADING, TEASER, INTRODUCTION);
        });
        assertThat(desk.get(FrozenIssues.class).newsletters()).isEmpty();
    }

    /** Makes the issue; returns its id. */
    private String make() {
        press(draft(), "Make the issue");
        assertThat(awaitErrand()).contains(" is made: awaits approval.");
        Headline made = desk.get(FrozenIssues.class).latest(TestDesk.NEWSLETTER).orElseThrow();
        assertThat(made.subject()).isEqualTo("What we learn");
        assertThat(made.items()).isEqualTo(3);
        assertThat(behind.edits()).as("which the issue has now").isEmpty();
        HtmlPage page = page("/i/" + made.id());
        assertThat(page.asNormalizedText()).contains("awaits approval", HEADING, "Schools", "Banks");
        assertThat(page("/").asNormalizedText()).contains("Waits for somebody", "What we learn");
        return made.id().value();
    }

    private void approveAndTakeItBack(String issue) {
        HtmlPage page = press(page("/i/" + issue), "Approve");
        assertThat(told(page)).startsWith("Approved. Sending begins Mon 23 Nov 2026, 07:10 (UTC)");
        assertThat(page.<DomElement>getFirstByXPath("//*[@data-until]").getAttribute("data-until"))
                .isEqualTo("2026-11-23T07:10:00Z");
        assertThat(behind.headline(issue).sendAfter()).isEqualTo(Instant.parse("2026-11-23T07:10:00Z"));
        assertThat(behind.headline(issue).approvedBy()).containsExactly("owner");
        page = press(page, "Take the approval back");
        assertThat(page.asNormalizedText()).contains("The approval is taken back", "awaits approval");
        assertThat(behind.headline(issue).state()).isEqualTo(FrozenIssue.State.AWAITING_APPROVAL);
        assertThat(behind.headline(issue).approvedBy()).isEmpty();
    }

    private void cancelWithinTheGracePeriod(String issue) {
        press(page("/i/" + issue), "Approve");
        desk.home().advance(Duration.ofMinutes(9));
        HtmlPage page = page("/i/" + issue);
        assertThat(page.asNormalizedText()).contains("Begins in").doesNotContain("Send now");
        page = press(page, "Cancel for good");
        assertThat(told(page)).isEqualTo("Cancelled: whoever has not got it will not get it.");
        assertThat(behind.headline(issue).state()).isEqualTo(FrozenIssue.State.CANCELLED);
        assertThat(behind.account(issue).of(DeliveryState.CANCELLED)).isEqualTo(READERS);
        desk.home().advance(Duration.ofMinutes(2));
        assertThat(desk.get(Sends.class).due()).isEmpty();
        assertThat(behind.mails(issue)).isZero();
        assertThat(behind.edits()).as("which the next issue will have").hasSize(5);
    }

    private void approveForAMoment(String issue) {
        HtmlPage page = press(fill(page("/i/" + issue), "at", "2026-11-23T08:30"), "Approve");
        assertThat(page.asNormalizedText())
                .contains("Approved. Sending begins Mon 23 Nov 2026, 08:30 (UTC)", "Begins in", "Approved by owner.");
        assertThat(behind.headline(issue).sendAfter()).isEqualTo(Instant.parse("2026-11-23T08:30:00Z"));
        assertThat(desk.get(Sends.class).due()).isEmpty();
        assertThat(behind.mails(issue)).isZero();
        desk.home().setClock(Instant.parse("2026-11-23T08:30:00Z"));
    }

    private void watchPauseAndStop(String issue) {
        behind.awaitMails(issue, 10);
        long shown = accepted(page("/i/" + issue));
        behind.awaitMails(issue, 20);
        assertThat(accepted(page("/i/" + issue))).as("after a reload").isGreaterThan(shown);
        HtmlPage page = press(page("/i/" + issue), "Pause");
        assertThat(page.asNormalizedText()).contains("paused", "Paused: within two seconds nothing more is sent.");
        nothingMoreGoesOut(issue, FrozenIssue.State.PAUSED);

        press(page, "Go on");
        behind.awaitMails(issue, behind.mails(issue) + 10);
        page = press(page("/i/" + issue), "Stop");
        assertThat(page.asNormalizedText()).contains("stopped", "Stopped. Nothing is with a relay any more.");
        nothingMoreGoesOut(issue, FrozenIssue.State.STOPPED);
        behind.awaitNobody();

        press(page, "Go on");
        behind.awaitFinished(issue);
    }

    /** All that has gone out is written down, and it is not yet all. */
    private void nothingMoreGoesOut(String issue, FrozenIssue.State state) {
        assertThat(behind.headline(issue).state()).isEqualTo(state);
        int out = behind.mails(issue);
        assertThat(out).isLessThan(READERS - 1);
        assertThat(behind.account(issue).of(DeliveryState.SENDING)).isZero();
        assertThat(behind.account(issue).of(DeliveryState.ACCEPTED)).isEqualTo(out);
    }

    private void readTheReport(String issue) {
        HtmlPage page = page("/i/" + issue);
        assertThat(page.asNormalizedText())
                .contains("finished", "What did not go through", "1 × 550 5.7.1 <…> no mail from you", REFUSED);
        assertThat(accepted(page)).isEqualTo(READERS - 1);
        assertThat(behind.account(issue).of(DeliveryState.REJECTED)).isOne();
        assertThat(page("/").asNormalizedText()).contains("Newest issue", "What we learn", "finished");
    }

    private void tryTheRefusedAgain(String issue) {
        HtmlPage page = press(page("/i/" + issue), "Try these again");
        assertThat(told(page)).isEqualTo("1 is ready again.");
        assertThat(behind.account(issue).of(DeliveryState.READY)).isOne();
        assertThat(told(press(page, "Send now"))).isEqualTo("It is being sent.");
        behind.awaitFinished(issue);
        assertThat(behind.account(issue).of(DeliveryState.ACCEPTED)).isEqualTo(READERS);
        assertThat(page("/i/" + issue).asNormalizedText()).doesNotContain("What did not go through");
    }

    private void everybodyHasGotWhatWasEdited(String issue) {
        List<Taken> mails = desk.home().relay().taken().stream()
                .filter(mail -> !mail.recipient().equals(EDITOR))
                .toList();
        assertThat(mails).extracting(Taken::recipient).hasSize(READERS).doesNotHaveDuplicates();
        assertThat(mails).allSatisfy(mail -> {
            assertThat(mail.messageId()).startsWith(issue + ".");
            assertThat(mail.content()).contains("Subject: What we learn").doesNotContain("[Test]");
            assertThat(Backstage.words(mail))
                    .contains(HEADING, TEASER, INTRODUCTION)
                    .doesNotContain("Trains");
        });
    }

    private void signOut() {
        assertThat(press(page("/"), "Sign out").getUrl().getPath()).isEqualTo("/login");
        assertThat(page("/").getUrl().getPath()).isEqualTo("/login");
    }

    private HtmlPage page(String path) {
        return desk.open(browser, path);
    }

    private HtmlPage draft() {
        return page("/n/weekly");
    }

    /** What came of what the desk does in the background, once it is over. */
    private String awaitErrand() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> page("/n/weekly/errand").asNormalizedText(), text -> !text.contains("The desk is"));
    }

    /** The number of the item with this heading. */
    private long section(String heading) {
        return Long.parseLong(item(draft(), heading).getId().substring("item-".length()));
    }

    /** As the page shows it. */
    private static long accepted(HtmlPage page) {
        return Long.parseLong(
                page.<DomElement>getFirstByXPath("//dd[@data-said='accepted']").asNormalizedText());
    }
}
