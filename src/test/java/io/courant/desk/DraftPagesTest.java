package io.courant.desk;

import static io.courant.desk.TestDesk.fill;
import static io.courant.desk.TestDesk.press;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cli.Shell;
import io.courant.editor.Role;
import java.nio.file.Path;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftPagesTest {
    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.home().subscribe("ada@example.org", "bob@example.org");
        desk.home().post("one.md", "Hospitals");
        desk.home().post("two.md", "Schools");
        desk.editor("grace", Role.EDITOR);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void firstLook() {
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage page = desk.open(browser, "/n/weekly");
            System.out.println(page.asNormalizedText());
            page = press(page, "Pin");
            System.out.println(page.getUrl() + "\n" + page.asNormalizedText());
            System.out.println(desk.open(browser, "/n/weekly/preview").asNormalizedText());
            System.out.println(desk.open(browser, "/n/weekly/trends").asNormalizedText());
        }
    }
}
