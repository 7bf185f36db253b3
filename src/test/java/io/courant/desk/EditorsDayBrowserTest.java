package io.courant.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.courant.desk.DeskBrowser.press;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.courant.ProcessHome;
import io.courant.TestHome;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole day of an editor, in a browser with scripts, before the program as it is started in earnest. */
@Tag("browser")
class EditorsDayBrowserTest {
    private static final int READERS = 120;
    private static final String REFUSED = "reader00007@example.org";
    private static final String EDITOR = "editor@example.org";
    private static final String ZONE = "Europe/Berlin";
    private static final Pattern FIRST = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)(/welcome/\\S+)");
    private static final Pattern LEFT = Pattern.compile("(\\d+:)?\\d+:\\d\\d");

    @TempDir
    private Path folder;

    @Test
    void fromTheFirstLoginToTheReport() throws IOException {
        try (ProcessHome works = new ProcessHome(folder, READERS);
                DeskBrowser browser = new DeskBrowser()) {
            TestHome home = works.home();
            home.post("three.md", "Hospitals");
            home.changeJob(
                    TestHome.WEEKLY,
                    "template: digest",
                    "template: digest\napproval: true\ngrace: 15s\nzone: " + ZONE + "\npace: {connections: 1}");
            home.relay().always(Step.DOT, "delay 200ms").onRecipient(REFUSED, "550 5.7.1 no mail from you, please");
            works.start("serve", "--port", "0", "--desk-port", "0", "--no-clock");
            Matcher first = firstLink(works);
            Page page = browser.window(first.group(1), 1200, ColorScheme.LIGHT);
            comesIn(page, "owner", first.group(2));
            readsTheSources(page);
            edits(page);
            looksAtPreviews(page);
            testsIt(page, home);
            approves(page);
            watchesItGo(page);
            triesTheRefusedAgain(page, home);
        }
    }

    private static Matcher firstLink(ProcessHome works) {
        Matcher link = FIRST.matcher("");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> link.reset(works.said("out")).find());
        return link;
    }

    private static void comesIn(Page page, String name, String link) {
        page.navigate(link);
        page.getByLabel("Password").fill(TestDesk.PASSWORD);
        press(page, "Keep it");
        sees(page, "Sign in with it.");
        DeskBrowser.signIn(page, name);
        sees(page, "Today");
        sees(page, "No fixed time");
        page.navigate(link);
        sees(page, "This link is used up");
    }

    private static void readsTheSources(Page page) {
        page.navigate("/");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Weekly"))
                .click();
        sees(page, "There would be no issue now");
        press(page, "Read the sources now");
        sees(page, "New posts: 3; known before: 0."); // by itself, when it is done
        assertThat(items(page)).hasCount(3);
    }

    private static void edits(Page page) {
        page.getByText("Subject, preheader and introduction").click();
        page.getByLabel("Subject").fill("What stays where it is");
        assertThat(page.locator("#subject-count")).hasText("22 of about 78 characters"); // as it is typed
        page.getByLabel("Introduction").fill("Dear readers,\n\nthis week is about data that does not travel.");
        press(page, "Save");
        sees(page, "Saved.");
        assertThat(page.locator("#mail")).hasText("What stays where it is");

        Locator hospitals = opened(page, "Hospitals");
        hospitals.getByLabel("Heading").fill("Hospitals keep their wards");
        hospitals.getByLabel("Teaser").fill("What three hospitals share, and what they do not.");
        press(hospitals, "Save heading and teaser");
        sees(page, "Its source calls it “Hospitals”");
        press(item(page, "Hospitals keep"), "Lead with it");
        assertThat(item(page, "Hospitals keep")).containsText("leads by choice");
        press(opened(page, "Two"), "Pin");
        assertThat(item(page, "Two")).containsText("pinned");

        press(opened(page, "One"), "Move up");
        assertThat(items(page).nth(1).locator("h3")).hasText("One");
        press(page, "Undo");
        sees(page, "Taken back: moved");
        assertThat(items(page).nth(1).locator("h3")).hasText("Two");
        press(page, "Redo");
        assertThat(items(page).nth(1).locator("h3")).hasText("One");
        press(opened(page, "One"), "Drop");
        assertThat(items(page)).hasCount(2);
        sees(page, "Dropped by an editor");
    }

    private static void looksAtPreviews(Page page) {
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Preview").setExact(true))
                .click();
        String light = paper(page, 600);
        paper(page, 320);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Dark"))
                .click();
        page.waitForURL("**view=dark");
        assertThat(paper(page, 600)).isNotEqualTo(light);
        paper(page, 320);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Plain text"))
                .click();
        assertThat(page.locator("pre")).containsText("this week is about data that does not travel.");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Source").setExact(true))
                .click();
        assertThat(page.locator("pre")).containsText("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    }

    /** Looks at the mail in a frame of this width: the color of its paper. */
    private static String paper(Page page, int width) {
        String frame = "iframe[title*='" + width + " pixels']";
        assertThat(page.locator(frame)).hasAttribute("sandbox", "");
        assertThat(page.locator(frame).boundingBox().width).isEqualTo(width + 2.0); // its border
        FrameLocator mail = page.frameLocator(frame);
        assertThat(mail.locator("body")).containsText("Hospitals keep their wards");
        assertThat(mail.locator("body")).not().containsText("data of One");
        return String.valueOf(mail.locator("body").evaluate("body => getComputedStyle(body).backgroundColor"));
    }

    private static void testsIt(Page page, TestHome home) {
        page.navigate("/n/weekly");
        page.getByLabel("Your address").fill(EDITOR);
        press(page, "Send me a test");
        sees(page, "is on its way to " + EDITOR);
        assertThat(home.relay().taken()).singleElement().satisfies(mail -> {
            assertThat(mail.recipient()).isEqualTo(EDITOR);
            assertThat(mail.content())
                    .contains("Subject: [Test]", "What stays where it is", "Hospitals keep their wards");
        });
    }

    private static void approves(Page page) {
        press(page, "Make the issue");
        sees(page, "is made: awaits approval.");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("weekly-"))
                .first()
                .click();
        sees(page, "Nothing goes out before somebody approves it.");
        page.getByLabel("Begin sending")
                .fill(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm")
                        .format(LocalDateTime.now(ZoneId.of(ZONE)).plusHours(2)));
        press(page, "Approve");
        sees(page, "Approved. Sending begins");
        Locator left = page.locator("[data-until]");
        assertThat(left).hasText(LEFT);
        assertThat(left).not().hasText(left.textContent()); // it ticks
        press(page, "Take the approval back");
        sees(page, "nothing goes out before it is approved again");
        assertThat(left).hasCount(0);
        press(page, "Approve");
        sees(page, "Approved. Sending begins");
        assertThat(left).hasText(LEFT);
    }

    private static void watchesItGo(Page page) {
        sees(page, "It is being sent now."); // once its hour has come, without a hand on the page
        page.evaluate("document.title = 'the same page'");
        Locator accepted = page.locator("[data-said=accepted]");
        String before = accepted.textContent();
        assertThat(accepted).not().hasText(before);
        assertThat(page.locator("[data-said=rate]")).hasText(Pattern.compile("\\d+ a minute"));
        assertThat(page.locator("[data-said=left]")).hasText(Pattern.compile("(less than a minute|\\d+ min) left"));
        assertThat(page).hasTitle("the same page");
        press(page, "Pause");
        sees(page, "Paused: within two seconds nothing more is sent.");
        press(page, "Go on");
        sees(page, "It goes on.");
        press(page, "Stop");
        sees(page, "Stopped.");
        String stopped = accepted.textContent();
        assertThat(Integer.parseInt(stopped)).isLessThan(READERS - 1);
        press(page, "Go on");
        assertThat(state(page)).hasText("finished");
        assertThat(accepted).hasText(String.valueOf(READERS - 1));
    }

    private static void triesTheRefusedAgain(Page page, TestHome home) {
        sees(page, "550 5.7.1 no mail from you, please");
        sees(page, REFUSED);
        press(page, "Try these again");
        sees(page, "1 is ready again.");
        press(page, "Send now");
        assertThat(state(page)).hasText("finished");
        assertThat(page.locator("[data-said=accepted]")).hasText(String.valueOf(READERS));
        assertThat(home.relay().taken())
                .extracting(Taken::recipient)
                .hasSize(READERS + 1) // and the test
                .doesNotHaveDuplicates()
                .contains(REFUSED, EDITOR);
    }

    private static void sees(Page page, String words) {
        assertThat(page.locator("#main")).containsText(words);
    }

    private static Locator state(Page page) {
        return page.locator("h1 + .state");
    }

    private static Locator items(Page page) {
        return page.locator("ol.items > li");
    }

    private static Locator item(Page page, String heading) {
        return items(page)
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("h3", new Page.LocatorOptions().setHasText(heading))));
    }

    /** An item whose buttons are to be seen. */
    private static Locator opened(Page page, String heading) {
        Locator item = item(page, heading);
        if (item.locator("details").first().getAttribute("open") == null) {
            item.getByText("Change", new Locator.GetByTextOptions().setExact(true))
                    .click();
        }
        return item;
    }
}
