package io.courant.desk;

import static io.courant.desk.TestDesk.fill;
import static io.courant.desk.TestDesk.press;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cli.Shell;
import io.courant.delivery.Approvals;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.editor.ApiToken;
import io.courant.editor.ApiTokens;
import io.courant.editor.AuditLog;
import io.courant.editor.Editor;
import io.courant.editor.Editors;
import io.courant.editor.Role;
import io.courant.issue.IssueId;
import io.courant.job.HomeLock;
import io.courant.lab.Taken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.htmlunit.WebClient;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
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
            press(page, "Pause");
            page = press(page, "Pause"); // twice is once
            assertThat(page.asNormalizedText()).contains("Paused: within two seconds", "paused");
            page = press(page, "Stop");
            assertThat(page.asNormalizedText()).contains("Stopped. Nothing is with a relay any more.");
            page = press(page, "Cancel for good");
            assertThat(page.asNormalizedText()).contains("Cancelled: whoever has not got it");
        }
        assertThat(desk.get(AuditLog.class).list(AuditLog.Filter.newest(3)))
                .extracting(entry -> entry.act().who() + " " + entry.act().what() + " "
                        + entry.act().subject())
                .containsExactly("grace cancel " + issue, "grace stop " + issue, "grace pause " + issue);
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

    private void awaitState(String issue, FrozenIssue.State state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        desk.get(FrozenIssues.class).state(new IssueId(issue)).orElseThrow() == state);
    }

    @Test
    void anIssueThatIsHeldGoesOnInTheBackground() {
        String issue = composed();
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage page = press(desk.open(browser, "/i/" + issue), "Stop");
            assertThat(press(page, "Go on").asNormalizedText()).contains("It goes on.");
            awaitState(issue, FrozenIssue.State.FINISHED);
            assertThat(desk.open(browser, "/i/" + issue).asNormalizedText()).contains("finished");
        }
        assertThat(desk.home().relay().taken())
                .extracting(Taken::recipient)
                .containsExactlyInAnyOrder("ada@example.org", "bob@example.org");
    }

    @Test
    void twoPeopleApproveWhatTheySaw() {
        desk.home().changeJob(TestDesk.NEWSLETTER, "template: digest", "template: digest\napproval: two");
        desk.editor("barbara", Role.OWNER);
        String issue = composed();
        try (WebClient grace = desk.signedIn("grace");
                WebClient barbara = desk.signedIn("barbara")) {
            assertThat(desk.open(grace, "/").asNormalizedText())
                    .contains("Waits for somebody", "Two people must approve it.");
            HtmlPage seen = desk.open(grace, "/i/" + issue);
            seen.<DomElement>getFirstByXPath("//input[@name='hash']").setAttribute("value", "0".repeat(64));
            assertThat(press(seen, "Approve").asNormalizedText()).contains("It is not what you saw");
            HtmlPage page = press(desk.open(grace, "/i/" + issue), "Approve");
            assertThat(page.asNormalizedText())
                    .contains("Another person must approve it, too.", "You have approved it.");
            HtmlPage approved = press(desk.open(barbara, "/i/" + issue), "Approve");
            assertThat(approved.asNormalizedText()).contains("Approved.", "Approved by", "Send now");
            HtmlPage back = press(approved, "Take the approval back");
            assertThat(back.asNormalizedText()).contains("The approval is taken back", "awaits approval");
        }
    }

    @Test
    void onePersonIsOneAtTheDeskInAProgramAndOnTheCommandLine() {
        desk.home().changeJob(TestDesk.NEWSLETTER, "template: digest", "template: digest\napproval: two");
        String issue = composed();
        try (WebClient grace = desk.signedIn("grace")) {
            press(desk.open(grace, "/i/" + issue), "Approve");
            assertThat(desk.open(grace, "/i/" + issue).asNormalizedText()).contains("You have approved it.");
        }
        Editor grace = desk.get(Editors.class).find("grace").orElseThrow();
        String token = desk.get(ApiTokens.class)
                .make(
                        grace,
                        "a program",
                        Set.of(ApiToken.Scope.values()),
                        desk.home().now(),
                        null)
                .text();
        String hash =
                desk.get(Approvals.class).seal(new IssueId(issue)).orElseThrow().hash();
        TestApi.Answer answer = new TestApi(desk, token)
                .post("/api/v1/issues/" + issue + "/approve", "{\"hash\": \"" + hash + "\"}", "again");
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.body()).contains("grace has approved " + issue + " before");
        Shell shell = new Shell(desk.home());
        assertThat(shell.courant("approve", issue, "--by", "Grace").ending(1).err())
                .contains("Grace has approved " + issue + " before");
        shell.courant("approve", issue, "--by", "root").ending(1);
        assertThat(desk.get(FrozenIssues.class).state(new IssueId(issue)))
                .contains(FrozenIssue.State.AWAITING_APPROVAL);
    }

    @Test
    void aCopySendsNothingWhateverIsPressedAndSaysWhy() throws IOException {
        String refusal = "nothing is sent from here until somebody confirms it";
        String issue = composed();
        desk.home().post("two.md", "Pears");
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
        desk.home().becomeACopy();
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage test = fill(desk.open(browser, "/i/" + issue), "address", "ed@example.org");
            assertThat(press(test, "Send a test").asNormalizedText()).contains(refusal);
            HtmlPage draft = fill(desk.open(browser, "/n/" + TestDesk.NEWSLETTER), "address", "ed@example.org");
            assertThat(press(draft, "Send me a test").asNormalizedText()).contains(refusal);
            HtmlPage page = desk.open(browser, "/i/" + issue);
            assertThat(press(page, "Send now").asNormalizedText()).contains(refusal);
            page = press(desk.open(browser, "/i/" + issue), "Stop");
            assertThat(press(page, "Go on").asNormalizedText()).contains(refusal);
        }
        assertThat(desk.home().relay().taken()).isEmpty();
    }

    @Test
    void whatIsApprovedForAnHourGoesOutThenAndCanBeCancelledBefore() {
        desk.home().changeJob(TestDesk.NEWSLETTER, "template: digest", "template: digest\napproval: true\ngrace: 10m");
        String issue = composed();
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage page = desk.open(browser, "/i/" + issue);
            assertThat(press(fill(page, "at", "2026-11-23T06:00"), "Approve").asNormalizedText())
                    .contains("This has passed");
            page = press(fill(desk.open(browser, "/i/" + issue), "at", "2026-11-23T08:30"), "Approve");
            assertThat(page.asNormalizedText())
                    .contains("Sending begins Mon 23 Nov 2026, 08:30 (UTC)", "Begins in", "Cancel for good")
                    .doesNotContain("Send now");
            desk.home().advance(Duration.ofHours(2));
            awaitState(issue, FrozenIssue.State.FINISHED);
        }
        assertThat(desk.home().relay().taken()).hasSize(2);
    }

    @Test
    void whatWasRefusedIsToldByReasonAndTriedAgain() {
        desk.home()
                .relay()
                .onRecipient("bob@example.org", "550 5.7.1 <bob@example.org> no mail from you", "250 2.1.5 ok");
        String issue = composed();
        try (WebClient browser = desk.signedIn("grace");
                WebClient reader = desk.signedIn("alan")) {
            press(desk.open(browser, "/i/" + issue), "Send now");
            awaitState(issue, FrozenIssue.State.FINISHED);
            assertThat(desk.open(reader, "/i/" + issue).asNormalizedText())
                    .contains("1 × 550 5.7.1 <…> no mail from you")
                    .doesNotContain("bob@example.org", "Try these again");
            HtmlPage page = press(desk.open(browser, "/i/" + issue), "Try these again");
            assertThat(page.asNormalizedText()).contains("1 is ready again.");
            press(page, "Send now");
            awaitState(issue, FrozenIssue.State.FINISHED);
        }
        assertThat(desk.home().relay().taken())
                .extracting(Taken::recipient)
                .containsExactlyInAnyOrder("ada@example.org", "bob@example.org");
    }

    @Test
    void theMailStandsInFramesThatRunNothing() {
        String issue = composed();
        try (WebClient browser = desk.signedIn("alan")) {
            HtmlPage page = desk.open(browser, "/i/" + issue);
            assertThat(page.getWebResponse().getResponseHeaderValue("X-Frame-Options"))
                    .isEqualTo("DENY");
            for (DomElement frame : page.getElementsByTagName("iframe")) {
                WebResponse mail = TestDesk.load(browser, desk.url(frame.getAttribute("src")));
                assertThat(mail.getContentAsString()).contains("Hospitals");
                assertThat(mail.getResponseHeaderValue("X-Frame-Options")).isEqualTo("SAMEORIGIN");
                assertThat(mail.getResponseHeaderValue("Content-Security-Policy"))
                        .startsWith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:")
                        .doesNotContain("script");
                assertThat(frame.hasAttribute("sandbox")).isTrue();
            }
            assertThat(page.getElementsByTagName("iframe")).hasSize(4);
        }
    }

    @Test
    void aTestGoesToTheEditorAndToNobodyElse() {
        String issue = composed();
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage page = fill(desk.open(browser, "/i/" + issue), "address", "grace@example.org");
            assertThat(press(page, "Send a test").asNormalizedText())
                    .contains("A copy, marked as a test, is on its way to grace@example.org.");
        }
        assertThat(desk.home().relay().taken()).singleElement().satisfies(taken -> {
            assertThat(taken.recipient()).isEqualTo("grace@example.org");
            assertThat(taken.content()).contains("X-Courant-Test: yes");
        });
    }

    @Test
    void fromAHomeThatMayBeACopyNotEvenATestGoesOut() throws IOException {
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
        desk.home().becomeACopy();
        String refusal = "nothing is sent from here until somebody confirms it";
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage draft = fill(desk.open(browser, "/n/weekly"), "address", "grace@example.org");
            assertThat(press(draft, "Send me a test").asNormalizedText()).contains(refusal);
            HtmlPage issue = fill(desk.open(browser, "/i/" + composed()), "address", "grace@example.org");
            assertThat(press(issue, "Send a test").asNormalizedText()).contains(refusal);
            assertThat(press(issue, "Send now").asNormalizedText())
                    .contains(refusal)
                    .doesNotContain("It is being sent.");
        }
        assertThat(desk.home().relay().taken()).isEmpty();
    }

    @Test
    void whatCouldOnlyBeStoppedIsWrittenDownAsThat() {
        String issue = composed();
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage page = desk.open(browser, "/i/" + issue);
            assertThat(HomeLock.holding(desk.home().home(), "testing", () -> press(page, "Cancel for good"))
                            .asNormalizedText())
                    .contains("It is stopped, but not cancelled yet");
        }
        assertThat(desk.get(AuditLog.class).list(AuditLog.Filter.newest(1)))
                .extracting(entry -> entry.act().what())
                .containsExactly("stop");
    }

    @Test
    void whatCannotBeDoneAnyMoreIsToldAndChangesNothing() {
        String issue = composed();
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage seen = desk.open(browser, "/i/" + issue);
            press(seen, "Cancel for good");
            assertThat(press(seen, "Pause").asNormalizedText()).contains("It cannot be paused: it is cancelled.");
            assertThat(press(seen, "Stop").asNormalizedText()).contains("It cannot be stopped: it is cancelled.");
            assertThat(press(seen, "Send now").asNormalizedText()).contains("It cannot be sent now: it is cancelled.");
            assertThat(press(seen, "Cancel for good").asNormalizedText())
                    .contains("There is nothing left to cancel: it is cancelled.");
        }
        assertThat(desk.get(AuditLog.class).list(AuditLog.Filter.newest(2)))
                .extracting(entry -> entry.act().what())
                .doesNotContain("pause", "stop", "send")
                .containsOnlyOnce("cancel");
    }

    @Test
    void theIssuesOfANewsletterAreListed() {
        String issue = composed();
        try (WebClient browser = desk.signedIn("alan")) {
            HtmlPage page = desk.open(browser, "/n/" + TestDesk.NEWSLETTER + "/issues");
            assertThat(page.getAnchorByHref("/i/" + issue).asNormalizedText()).contains("Hospitals");
            assertThat(desk.open(browser, "/n/nothing/issues").asNormalizedText())
                    .contains("There is nothing here");
        }
    }
}
