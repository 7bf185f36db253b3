package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cli.Shell;
import io.courant.editor.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets to which address of a newsletter. */
class DraftRightsTest {
    private static final List<String> LOOKED_AT = List.of(
            "/n/weekly",
            "/n/weekly/preview",
            "/n/weekly/preview.html",
            "/n/weekly/preview.txt",
            "/n/weekly/preview.eml",
            "/n/weekly/trends",
            "/n/weekly/errand");
    private static final List<String> EDITED = List.of(
            "/n/weekly/items/1/pin",
            "/n/weekly/items/1/lead",
            "/n/weekly/items/1/unpin",
            "/n/weekly/items/1/drop",
            "/n/weekly/items/1/undrop",
            "/n/weekly/items/1/topics?topic=privacy",
            "/n/weekly/items/1/untopics",
            "/n/weekly/items/1/words?heading=a&was-heading=a&teaser=b&was-teaser=b",
            "/n/weekly/items/1/move?place=AFTER&beside=2",
            "/n/weekly/topics/privacy/move?place=AFTER&beside=edge-ai",
            "/n/weekly/words?subject=a&was-subject=a&preheader=b&was-preheader=b&introduction=c&was-introduction=c",
            "/n/weekly/undo",
            "/n/weekly/redo",
            "/n/weekly/test?address=nobody");
    /** What the desk does by itself, so that the one asked for first is the only one that begins. */
    private static final String COLLECT = "/n/weekly/collect";

    private static final String MAKE = "/n/weekly/make?instead=another";

    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.home().post("one.md", "Hospitals");
        desk.home().post("two.md", "Schools");
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private int get(WebClient browser, String path) throws IOException {
        return browser.getPage(desk.url(path)).getWebResponse().getStatusCode();
    }

    /** Posts as a page of this browser would, and says how that was answered at once. */
    private int post(WebClient browser, String path) throws IOException {
        HtmlPage page = desk.open(browser, "/");
        String token =
                page.<HtmlForm>getFirstByXPath("//form").getInputByName("_csrf").getValue();
        return post(browser, path, token);
    }

    private int post(WebClient browser, String path, String token) throws IOException {
        WebRequest request = new WebRequest(URI.create(desk.url(path)).toURL(), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("_csrf", token)));
        browser.getOptions().setRedirectEnabled(false);
        try {
            return browser.getPage(request).getWebResponse().getStatusCode();
        } finally {
            browser.getOptions().setRedirectEnabled(true);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void everybodyLooksAndThoseWhoMayEditDraftsEdit(Role role) throws IOException {
        desk.editor("grace", role);
        boolean edits = role != Role.READER;
        boolean sends = role == Role.PUBLISHER || role == Role.OWNER;
        try (WebClient browser = desk.signedIn("grace")) {
            for (String path : LOOKED_AT) {
                assertThat(get(browser, path)).as(path).isEqualTo(200);
            }
            for (String path : EDITED) {
                assertThat(post(browser, path)).as(path).isEqualTo(edits ? 303 : 403);
            }
            assertThat(post(browser, MAKE)).isEqualTo(sends ? 303 : 403); // nobody has to approve it
            desk.home().changeJob(TestDesk.NEWSLETTER, "template: digest", "template: digest\napproval: true");
            assertThat(post(browser, MAKE)).isEqualTo(edits ? 303 : 403);
            assertThat(post(browser, COLLECT)).isEqualTo(edits ? 303 : 403);
            HtmlPage page = desk.open(browser, "/n/weekly");
            assertThat(page.getForms().size() > 1).isEqualTo(edits); // the one that is always there signs out
        }
    }

    @Test
    void whoHasNotSignedInIsLedToTheLogin() throws IOException {
        try (WebClient browser = TestDesk.browser()) {
            for (String path : LOOKED_AT) {
                assertThat(desk.open(browser, path).getUrl().getPath()).as(path).isEqualTo("/login");
            }
        }
    }

    @Test
    void nothingIsDoneWithoutTheSessionsToken() throws IOException {
        desk.editor("grace", Role.OWNER);
        try (WebClient browser = desk.signedIn("grace")) {
            for (String path : EDITED) {
                assertThat(post(browser, path, "guessed")).as(path).isEqualTo(403);
            }
            assertThat(post(browser, COLLECT, "guessed")).isEqualTo(403);
            assertThat(post(browser, MAKE, "guessed")).isEqualTo(403);
        }
    }
}
