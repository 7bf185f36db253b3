package io.courant.desk;

import static io.courant.desk.DeskBrowser.press;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.courant.TestHome;
import io.courant.cli.Shell;
import io.courant.cluster.TestBroker;
import io.courant.delivery.Flows;
import io.courant.editor.EditorName;
import io.courant.editor.Editors;
import io.courant.editor.Invitations;
import io.courant.editor.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page of the desk, in light and dark, narrow and wide, looked at by axe. The pictures that the browser made lie in
 * {@code target/desk-pictures}.
 */
@Tag("browser")
class DeskLooksTest {
    private static final Path PICTURES = Path.of("target", "desk-pictures");
    private static final List<Integer> WIDTHS = List.of(320, 1200);
    private static final int HEIGHT = 900;
    private static final int HIGHEST = 9000;
    private static final String AXE = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
            + ".filter(one => ['serious', 'critical'].includes(one.impact))"
            + ".map(one => one.id + ' at ' + one.nodes.map(node => node.target.join(' ')).join(', '))";

    @TempDir
    private Path folder;

    private final List<String> findings = new ArrayList<>();
    private String axe = "";

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(PICTURES);
        try (InputStream script = DeskLooksTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(script.readAllBytes(), UTF_8);
        }
    }

    @Test
    void axeFindsNothingSeriousAndNothingIsCutOff() throws IOException {
        try (LivelyDesk lively = new LivelyDesk(folder);
                DeskBrowser browser = new DeskBrowser()) {
            Page page = browser.window(lively.desk().url(""), WIDTHS.get(0), ColorScheme.LIGHT);
            page.clock().setFixedTime(lively.desk().home().now().toEpochMilli());
            strangers(page, lively);
            DeskBrowser.signIn(page, "grace");
            newsletters(page, lively);
            records(page, lively);
            accounts(page);
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void workersToo() throws Exception {
        TestHome home = new TestHome(folder);
        home.setClock(Instant.now()); // a lease lasts by the clock of the database
        home.subscribe("ada@example.org");
        home.post("one.md", "Hospitals");
        new Shell(home).courant("run", TestHome.WEEKLY).ending(0);
        home.lease(
                "mail1.example.org/4711",
                3_000,
                home.now().minusSeconds(100),
                home.now().plusSeconds(600));
        home.lease(
                "mail2.example.org/4712",
                7,
                home.now().minusSeconds(9_000),
                home.now().minusSeconds(3_600));
        home.with(session ->
                session.get(Flows.class).keepPaces(Map.of("group google", new Flows.Flow(1_200, 3, home.now()))));
        try (TestBroker broker = new TestBroker(folder.resolve("broker"))) {
            broker.setAside(1);
            home.broker(broker.address());
            try (TestDesk desk = new TestDesk(home);
                    DeskBrowser browser = new DeskBrowser()) {
                desk.editor("grace", Role.OWNER);
                Page page = browser.window(desk.url(""), WIDTHS.get(0), ColorScheme.LIGHT);
                DeskBrowser.signIn(page, "grace");
                look(page, "workers", "/workers");
            }
        }
        assertThat(findings).isEmpty();
    }

    private void strangers(Page page, LivelyDesk lively) {
        look(page, "login", "/login");
        page.getByLabel("Name").fill("grace");
        page.getByLabel("Password").fill("wrong");
        press(page, "Sign in");
        look(page, "login-wrong");
        look(page, "expired", "/welcome/nothing");
        var guest = lively.desk()
                .get(Editors.class)
                .add(
                        new EditorName("mary.jackson"),
                        Role.EDITOR,
                        lively.desk().home().now());
        look(
                page,
                "welcome",
                "/"
                        + lively.desk()
                                .get(Invitations.class)
                                .invite(guest, Invitations.LASTS)
                                .path());
    }

    private void newsletters(Page page, LivelyDesk lively) {
        look(page, "today", "/");
        look(page, "draft", "/n/deep-learning");
        page.getByText("Change", new Page.GetByTextOptions().setExact(true))
                .nth(1)
                .click();
        press(page.locator("ol.items > li").nth(1), "Lead with it");
        page.waitForLoadState(LoadState.NETWORKIDLE);
        look(page, "draft-open");
        for (String view : List.of("light", "dark", "text", "source")) {
            look(page, "preview-" + view, "/n/deep-learning/preview?view=" + view);
        }
        look(page, "trends", "/n/deep-learning/trends");
        look(page, "issues", "/n/deep-learning/issues");
        look(page, "issue-sent", "/i/" + lively.sent());
        look(page, "issue-waiting", "/i/" + lively.waiting());
        look(page, "issue-countdown", "/i/" + lively.counting());
        look(page, "draft-empty", "/n/monthly");
        press(page, "Read the sources now");
        page.navigate("/n/monthly/errand");
        page.getByText("New posts:").waitFor();
        look(page, "errand");
        look(page, "missing", "/n/nothing");
    }

    private void records(Page page, LivelyDesk lively) {
        look(page, "sources", "/sources");
        look(page, "subscribers", "/subscribers");
        page.getByLabel("Address, or a part of it").fill("reader01");
        press(page, "Look");
        look(page, "subscribers-found");
        look(page, "subscriber", "/subscribers/" + lively.refused());
        look(page, "import", "/subscribers/import");
        page.getByLabel("File").setInputFiles(lively.list());
        press(page, "See what would happen");
        look(page, "import-tried");
        look(page, "audit", "/audit");
        look(page, "settings", "/settings");
        look(page, "settings-newsletter", "/n/deep-learning/settings");
        look(page, "instance", "/instance");
    }

    private void accounts(Page page) {
        page.navigate("/me");
        page.getByText("Make a token").first().click();
        page.getByLabel("What it is for").fill("intranet");
        page.locator("[name=scope]").first().check();
        press(page, "Make the token");
        look(page, "once");
        look(page, "me", "/me");
        press(page, "Set codes up");
        look(page, "me-codes");
        look(page, "users", "/users");
    }

    private void look(Page page, String name, String path) {
        page.navigate(path);
        look(page, name);
    }

    /** Looks at the page that is open, narrow and wide, in light and dark. */
    private void look(Page page, String name) {
        page.evaluate("document.querySelectorAll('iframe').forEach(frame => frame.loading = 'eager')");
        page.waitForLoadState(LoadState.NETWORKIDLE);
        page.evaluate(axe);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : WIDTHS) {
                page.setViewportSize(width, HEIGHT);
                String where = name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
                int over = ((Number) page.evaluate("document.documentElement.scrollWidth - innerWidth")).intValue();
                if (over > 0) {
                    findings.add(where + ": " + over + " px too wide");
                }
                if (page.evaluate(AXE) instanceof List<?> violations) {
                    violations.forEach(one -> findings.add(where + ": " + one));
                }
                Number high = (Number) page.evaluate("document.documentElement.scrollHeight");
                page.setViewportSize(width, Math.min(high.intValue(), HIGHEST)); // frames out of view are not painted
                page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(where + ".png")));
            }
        }
    }
}
