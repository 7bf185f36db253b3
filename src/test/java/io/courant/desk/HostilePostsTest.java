package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cli.Shell;
import io.courant.editor.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.Page;
import org.htmlunit.SgmlPage;
import org.htmlunit.WebClient;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed whose titles and bodies would do harm, in every view of a draft. */
class HostilePostsTest {
    @TempDir
    private Path folder;

    private TestDesk desk;
    private WebClient browser;

    @BeforeEach
    void open() throws IOException {
        desk = new TestDesk(folder);
        HostileFeed.become(desk.home(), "<i>Notes</i>");
        desk.home().subscribe("ada@example.org");
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
        desk.editor("grace", Role.OWNER);
        browser = desk.signedIn("grace");
    }

    @AfterEach
    void close() {
        browser.close();
        desk.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/n/weekly",
                "/n/weekly/preview",
                "/n/weekly/preview?view=text",
                "/n/weekly/preview?view=source",
                "/n/weekly/preview.html?scheme=dark",
                "/n/weekly/trends",
                "/"
            })
    void nothingOfAFeedIsMoreThanText(String path) {
        assertHarmless(desk.open(browser, path));
    }

    @Test
    void norOnceItIsFrozen() {
        new Shell(desk.home()).courant("compose", TestDesk.NEWSLETTER).ending(0);
        HtmlPage page = desk.open(browser, "/i/weekly-2026-11-23");
        assertThat(page.asNormalizedText()).contains("onerror=alert(2)");
        assertHarmless(page);
    }

    private static void assertHarmless(SgmlPage page) {
        assertThat(page.getWebResponse().getStatusCode()).isEqualTo(200);
        for (DomElement element : page.getDomElementDescendants()) {
            assertThat(element.getAttributesMap().keySet())
                    .as(element.asXml())
                    .noneMatch(name -> name.startsWith("on"));
            assertThat(element.getAttribute("src")).isNotEqualTo("x");
            String link = element.getAttribute("href");
            assertThat(link.isEmpty() || !URI.create(link).isAbsolute() || link.matches("(https?|mailto):.*|data:,"))
                    .as(link)
                    .isTrue();
        }
        assertThat(page.getElementsByTagName("script"))
                .allSatisfy(script -> assertThat(script.getAttribute("src")).isIn("/htmx.js", "/desk.js"));
        assertThat(page.getByXPath("//i | //svg[@onload]")).isEmpty();
    }

    @Test
    void theDraftShowsThemAsTheyAre() {
        HtmlPage page = desk.open(browser, "/n/weekly");
        assertThat(page.asNormalizedText())
                .contains("<script>alert(1)</script> <img src=x onerror=alert(2)> of wards", "<i>Notes</i>");
        assertThat(page.getByXPath("//a[@rel='noreferrer']")).isEmpty(); // neither has an address of the web
    }

    @ParameterizedTest
    @CsvSource({
        "/n/weekly/preview.html, text/html",
        "/n/weekly/preview.txt, text/plain",
    })
    void aPreviewRunsNothingLoadsNothingAndIsFramedByTheDeskAlone(String path, String type) throws IOException {
        WebResponse response = response(path);
        assertThat(response.getContentType()).isEqualTo(type);
        assertThat(response.getResponseHeaderValue("Content-Security-Policy"))
                .isEqualTo("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors"
                        + " 'self'; form-action 'none'; base-uri 'none'");
        assertThat(response.getResponseHeaders())
                .filteredOn(header -> header.getName().equalsIgnoreCase("X-Frame-Options"))
                .singleElement()
                .satisfies(header -> assertThat(header.getValue()).isEqualTo("SAMEORIGIN"));
        assertThat(response.getResponseHeaderValue("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void theDeskItselfIsFramedByNobodyAndItsFramesHaveNoRights() throws IOException {
        WebResponse response = response("/n/weekly");
        assertThat(response.getResponseHeaderValue("X-Frame-Options")).isEqualTo("DENY");
        assertThat(response.getResponseHeaderValue("Content-Security-Policy")).isEqualTo(Site.POLICY);
        for (String path : List.of("/n/weekly", "/n/weekly/preview")) {
            assertThat(desk.open(browser, path).<DomElement>getByXPath("//iframe"))
                    .isNotEmpty()
                    .allSatisfy(frame -> {
                        assertThat(frame.hasAttribute("sandbox")).isTrue();
                        assertThat(frame.getAttribute("sandbox")).isEmpty();
                    });
        }
    }

    @Test
    void theSourceIsAMailToKeep() throws IOException {
        WebResponse response = response("/n/weekly/preview.eml");
        assertThat(response.getContentType()).isEqualTo("message/rfc822");
        assertThat(response.getResponseHeaderValue("Content-Disposition"))
                .isEqualTo("attachment; filename=\"weekly.eml\"");
        assertThat(response.getContentAsString()).contains("MIME-Version: 1.0", "sample.reader@example.org");
    }

    @Test
    void lightAndDarkAreAsAskedForWhateverTheBrowserPrefers() throws IOException {
        assertThat(response("/n/weekly/preview.html").getContentAsString())
                .contains(":root{color-scheme:light !important}", "@media (max-width: 0px)")
                .doesNotContain("prefers-color-scheme");
        assertThat(response("/n/weekly/preview.html?scheme=dark").getContentAsString())
                .contains(":root{color-scheme:dark !important}", "@media (min-width: 0px)")
                .doesNotContain("prefers-color-scheme");
    }

    private WebResponse response(String path) throws IOException {
        Page page = browser.getPage(desk.url(path));
        return page.getWebResponse();
    }
}
