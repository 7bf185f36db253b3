package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.cli.Shell;
import io.courant.editor.Role;
import io.courant.job.PageServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link HostileFeed} in every view that a browser has of it: no script runs, and no request leaves the desk. */
@Tag("browser")
class HostileBrowserTest {
    private static final String ISSUE = "weekly-2026-11-23";
    private static final String READER = "ada@example.org";
    private static final String MARKUP = "<img src=//" + HostileFeed.MARK + "/name onerror=alert(9)>";

    @TempDir
    private Path folder;

    private final List<String> harm = new ArrayList<>();
    private TestDesk desk;
    private PageServer.Running site;
    private DeskBrowser browser;
    private Page page;

    @BeforeEach
    void open() throws IOException {
        desk = new TestDesk(folder);
        HostileFeed.become(desk.home(), "<script>alert(10)</script>");
        desk.get(Subscribers.class)
                .merge(List.of(new Subscribers.NewSubscriber(
                        new EmailAddress(READER),
                        MARKUP,
                        Subscriber.State.ACTIVE,
                        List.of(),
                        desk.home().now())));
        desk.home().subscribe("bob@example.org");
        desk.editor("grace", Role.OWNER);
        site = desk.get(PageServer.class).start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        browser = new DeskBrowser();
        page = watched();
    }

    @AfterEach
    void close() {
        browser.close();
        site.close();
        desk.close();
    }

    /** A window whose requests go nowhere but here, and which tells what scripts say. */
    private Page watched() {
        Page window = browser.window(desk.url(""), 1200, ColorScheme.LIGHT);
        window.context().route(url -> !isHere(url), route -> {
            harm.add("asks for " + route.request().url() + " in " + window.url());
            route.abort();
        });
        window.onDialog(dialog -> {
            harm.add("says " + dialog.message() + " in " + window.url());
            dialog.dismiss();
        });
        window.onConsoleMessage(message -> {
            if (message.text().equals(HostileFeed.MARK)) {
                harm.add("logs in " + window.url());
            }
        });
        window.onPopup(popup -> harm.add("opens " + popup.url() + " in " + window.url()));
        return window;
    }

    private boolean isHere(String url) {
        return !url.startsWith("http")
                || url.startsWith(desk.url("/"))
                || url.startsWith("http://127.0.0.1:" + site.port() + "/");
    }

    private void collect() {
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
        new Shell(desk.home()).courant("trends", TestDesk.NEWSLETTER).ending(0);
    }

    @Test
    void aPageThatTookTheFeedForMoreThanTextWouldBeFoundOut() {
        page.setContent("<script>console.log('" + HostileFeed.MARK + "')</script>" + MARKUP.replace("//", "https://"));
        page.waitForCondition(() -> harm.size() >= 3);
        assertThat(harm)
                .anyMatch(one -> one.startsWith("logs"))
                .anyMatch(one -> one.startsWith("asks for"))
                .anyMatch(one -> one.startsWith("says 9"));
    }

    @Test
    void theDeskRunsNothingOfItAndAsksNobodyElse() {
        collect();
        DeskBrowser.signIn(page, "grace");
        look("/");
        look("/n/weekly");
        assertThat(page.locator("ol.items > li").count()).isGreaterThanOrEqualTo(4);
        for (String view : List.of("light", "dark", "text", "source")) {
            look("/n/weekly/preview?view=" + view);
        }
        look("/n/weekly/preview.html?scheme=light");
        look("/n/weekly/preview.html?scheme=dark");
        look("/n/weekly/preview.txt");
        look("/n/weekly/trends");
        look("/n/weekly/settings");
        look("/n/weekly/errand");
        look("/sources");
        look("/settings");
        look("/audit");
        look("/subscribers/"
                + desk.get(Subscribers.class)
                        .find(new EmailAddress(READER))
                        .orElseThrow()
                        .id());
        assertThat(page.locator("h1").textContent()).isEqualTo(MARKUP);
        assertThat(harm).isEmpty();
    }

    @Test
    void norDoesAnIssueOrTheArchive() {
        collect();
        desk.home().relay().onRecipient(READER, "550 5.7.1 " + MARKUP);
        new Shell(desk.home()).courant("run", TestDesk.NEWSLETTER);
        DeskBrowser.signIn(page, "grace");
        look("/n/weekly/issues");
        look("/i/" + ISSUE);
        assertThat(page.locator("#main").textContent()).contains("550 5.7.1 " + MARKUP);
        look("/i/" + ISSUE + "/mail");
        look("/i/" + ISSUE + "/text");
        look("/i/" + ISSUE + "/source");
        look("/");
        String archive = "http://127.0.0.1:" + site.port();
        look(archive + "/archive/");
        look(archive + "/archive/" + ISSUE + "/");
        assertThat(harm).isEmpty();
    }

    /** Opens all that can be opened, and moves the mouse over it, in windows of both widths. */
    private void look(String path) {
        Response answer = page.navigate(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)");
        page.evaluate("document.querySelectorAll('iframe').forEach(frame => frame.loading = 'eager')");
        for (int width : List.of(1200, 600, 320)) {
            page.setViewportSize(width, 900);
            page.mouse().move(width / 2.0, 300);
        }
        page.waitForLoadState(LoadState.NETWORKIDLE);
        for (Frame frame : page.frames()) {
            assertThat(isHere(frame.url())).as(frame.url()).isTrue();
        }
        List<?> addresses =
                (List<?>) page.evaluate("[...document.querySelectorAll('a[href], area[href], form[action]')]"
                        + ".map(one => one.getAttribute('href') ?? one.getAttribute('action'))");
        assertThat(addresses)
                .allSatisfy(
                        address -> assertThat(String.valueOf(address)).matches("(?i)(/|https?:|mailto:|#|\\?|\\.).*"));
        assertThat(URI.create(page.url()).getPath()).isEqualTo(URI.create(path).getPath());
    }
}
