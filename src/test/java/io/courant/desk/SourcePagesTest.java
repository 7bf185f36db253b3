package io.courant.desk;

import static io.courant.desk.TestDesk.press;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.editor.Role;
import io.courant.job.JobFolder;
import io.courant.post.Source;
import io.courant.post.SourceState;
import io.courant.post.Sources;
import io.courant.post.Validators;
import java.nio.file.Path;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcePagesTest {
    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.editor("alan", Role.EDITOR);
        desk.editor("bob", Role.READER);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private Source source() {
        return desk.get(JobFolder.class)
                .load(TestDesk.NEWSLETTER)
                .newsletter()
                .sources()
                .get(0);
    }

    private void pause() {
        desk.get(Sources.class)
                .keep(new SourceState(
                        source().key(),
                        SourceState.Standing.PAUSED,
                        null,
                        Validators.NONE,
                        desk.home().now(),
                        desk.home().now().minusSeconds(86_400),
                        12,
                        "answered <b>500</b>",
                        null,
                        3));
    }

    @Test
    void anEditorSeesWhatIsWrongAndAsksAgain() {
        pause();
        try (WebClient browser = desk.signedIn("alan")) {
            HtmlPage page = desk.open(browser, "/sources");
            assertThat(page.asNormalizedText())
                    .contains(
                            "1 of 1 could not be read",
                            "paused",
                            "answered <b>500</b>",
                            "After 12 failures in a row it is not asked any more",
                            "jobs/weekly.yaml");
            page = press(page, "Ask " + source().name() + " again");
            assertThat(page.asNormalizedText()).contains("the next run asks it again");
            assertThat(desk.get(Sources.class).state(source().key()).standing()).isEqualTo(SourceState.Standing.ACTIVE);
        }
    }

    @Test
    void aReaderLooks() {
        pause();
        try (WebClient browser = desk.signedIn("bob")) {
            assertThat(desk.open(browser, "/sources").asNormalizedText())
                    .contains("paused")
                    .doesNotContain("Ask " + source().name());
            assertThat(desk.post(browser, "/sources/resume")).isEqualTo(403);
        }
    }

    @Test
    void aJobFileThatCannotBeReadIsNamed() {
        desk.home().job("broken", "title: [");
        try (WebClient browser = desk.signedIn("bob")) {
            assertThat(desk.open(browser, "/sources").asNormalizedText()).contains("broken.yaml:1", source().name());
        }
    }
}
