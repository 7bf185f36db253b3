package io.courant.desk;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.courant.faults.Tools;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, steered by Playwright. */
final class DeskBrowser implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 60_000;
    private static final int HEIGHT = 900;

    private final Playwright playwright;
    private final Browser browser;

    /** Starts it, or skips the test where there is none. */
    DeskBrowser() {
        Tools.need("chromium");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--disable-gpu"))
                        .setTimeout(PATIENCE_MILLIS));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    /** An empty window of somebody who has not signed in. */
    Page window(String url, int width, ColorScheme scheme) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(url)
                .setViewportSize(width, HEIGHT)
                .setColorScheme(scheme));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        return context.newPage();
    }

    /** Signs somebody of a {@link TestDesk} in. */
    static void signIn(Page page, String name) {
        page.navigate("/login");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(TestDesk.PASSWORD);
        press(page, "Sign in");
        page.waitForURL("**/");
    }

    /** Presses the first button with these words. */
    static void press(Page page, String words) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(words).setExact(true))
                .first()
                .click();
    }

    /** Presses the button with these words in a part of a page. */
    static void press(Locator part, String words) {
        part.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(words).setExact(true))
                .click();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
