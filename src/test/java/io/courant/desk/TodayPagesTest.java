package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cli.Shell;
import io.courant.editor.Role;
import io.courant.job.HomeLock;
import io.courant.job.JobFolder;
import io.courant.post.SourceState;
import io.courant.post.Sources;
import io.courant.post.Validators;
import io.courant.upkeep.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TodayPagesTest {
    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.editor("alan", Role.READER);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private String today() {
        try (WebClient browser = desk.signedIn("alan")) {
            return desk.open(browser, "/").asNormalizedText();
        }
    }

    @Test
    void whatComesNextIsToldByTheNewslettersClock() {
        desk.home()
                .changeJob(
                        TestDesk.NEWSLETTER,
                        "template: digest",
                        "template: digest\nzone: Europe/Berlin\ncron: \"0 9 * * MON\"\nquiet: 22:00-07:00");
        desk.home().post("one.md", "Hospitals");
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
        assertThat(today())
                .contains(
                        "Next issue",
                        "Mon 23 Nov 2026, 09:00 (Europe/Berlin)",
                        "1 new item",
                        "Quiet hours 22:00-07:00",
                        "No issue yet.");
    }

    @Test
    void aNewsletterWithoutAClockSaysSoAndMistakesInAJobFileAreTold() {
        desk.home().job("broken", "title: Broken\ntemplat: digest\n");
        assertThat(today()).contains("No fixed time", "templat");
    }

    @Test
    void aSourceThatCannotBeReadIsNamedWithWhatToDo() {
        String key = desk.get(JobFolder.class)
                .load(TestDesk.NEWSLETTER)
                .newsletter()
                .sources()
                .get(0)
                .key();
        Instant read = Instant.parse("2026-11-20T06:00:00Z");
        desk.get(Sources.class)
                .keep(new SourceState(
                        key,
                        SourceState.Standing.PAUSED,
                        null,
                        Validators.NONE,
                        read,
                        read,
                        9,
                        "the server said 503",
                        null,
                        3));
        assertThat(today())
                .contains(
                        "Sources that cannot be read",
                        "Notes paused last read: Fri 20 Nov 2026, 06:00 (UTC)",
                        "the server said 503",
                        "It failed too often; it is asked again when an editor resumes it.");
    }

    @Test
    void whoWorksWithTheFolderIsTold() {
        assertThat(HomeLock.holding(desk.home().home(), "importing subscribers", this::today))
                .contains("At work now: importing subscribers");
    }

    @Test
    void aCopyTellsOnAllPagesThatItDoesNotSendUntilAnOwnerConfirms() throws IOException {
        desk.home().becomeACopy();
        desk.editor("barbara", Role.OWNER);
        assertThat(today()).contains("Nothing is sent from here:");
        try (WebClient reader = desk.signedIn("alan")) {
            assertThat(desk.open(reader, "/instance").getForms()).hasSize(1); // which signs out
        }
        try (WebClient browser = desk.signedIn("barbara")) {
            HtmlPage page = desk.open(browser, "/instance");
            assertThat(TestDesk.press(page, "Let mail go out from here").asNormalizedText())
                    .contains("Nothing was confirmed");
            page = desk.open(browser, "/instance");
            page.<HtmlCheckBoxInput>getFirstByXPath("//input[@name='sure']").setChecked(true);
            assertThat(TestDesk.press(page, "Let mail go out from here").asNormalizedText())
                    .contains("Mail goes out from here from now on.")
                    .doesNotContain("Nothing is sent from here");
        }
        assertThat(desk.get(Instance.class).doubt()).isEmpty();
    }
}
