package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.editor.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingPagesTest {
    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.editor("ada", Role.OWNER);
        desk.editor("grace", Role.PUBLISHER);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aJobFileIsShownLineByLineWithoutSecrets() throws IOException {
        desk.home().job("garden", """
                title: Garden
                relay:
                  host: relay.example.org
                  password: hunter2
                sources:
                  - feed: https://ada:hunter2@blog.example/feed
                """);
        try (WebClient browser = desk.signedIn("ada")) {
            HtmlPage page =
                    desk.open(browser, "/settings").getAnchorByText("garden").click();
            assertThat(page.asNormalizedText())
                    .contains(
                            "relay.host\trelay.example.org\tjobs/garden.yaml:3",
                            "relay.password\t(not shown)\tjobs/garden.yaml:4",
                            "sources[1].feed\thttps://…@blog.example/feed\tjobs/garden.yaml:6",
                            "jobs/garden.yaml:1: key") // what is missing in it
                    .doesNotContain("hunter2");
            assertThat(desk.open(browser, "/n/nothing/settings")
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void manySettingsBelowOneKeyAreFoldedAway() {
        String seeds = IntStream.range(0, 40).mapToObj("word%d: 1"::formatted).collect(Collectors.joining(", "));
        desk.home().changeJob(TestDesk.NEWSLETTER, "{federated learning: 3}", "{" + seeds + "}");
        try (WebClient browser = desk.signedIn("ada")) {
            HtmlPage page = desk.open(browser, "/n/weekly/settings");
            assertThat(page.<DomElement>getFirstByXPath("//details").getTextContent())
                    .containsPattern("topics: \\d+ settings")
                    .contains("word39")
                    .doesNotContain("relay.host");
            assertThat(page.asNormalizedText()).contains("relay.host");
        }
    }

    @Test
    void onlyAnOwnerSeesSettings() {
        try (WebClient browser = desk.signedIn("grace")) {
            assertThat(desk.open(browser, "/settings").getWebResponse().getStatusCode())
                    .isEqualTo(403);
            assertThat(desk.open(browser, "/n/weekly/settings").getWebResponse().getStatusCode())
                    .isEqualTo(403);
        }
    }
}
