package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.cli.Program;
import io.courant.editor.EditorName;
import io.courant.editor.Editors;
import io.courant.editor.Invitations;
import io.courant.editor.Role;
import io.courant.job.DeskServer;
import io.courant.job.PageServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.BrowserVersion;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;

/** The real desk over a home with one newsletter, and browsers without scripts for its editors. */
final class TestDesk implements AutoCloseable {
    static final String NEWSLETTER = TestHome.WEEKLY;
    static final String PASSWORD = "four words about nothing";

    private final TestHome home;
    private final Program.Session session;
    private final PageServer.Running server;

    TestDesk(Path folder) {
        this(new TestHome(folder));
    }

    TestDesk(TestHome home) {
        this.home = home;
        session = home.open();
        server = session.get(DeskServer.class).start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    TestHome home() {
        return home;
    }

    <T> T get(Class<T> type) {
        return session.get(type);
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    /** Adds an editor who has chosen a password. */
    void editor(String name, Role role) {
        var editor = get(Editors.class).add(new EditorName(name), role, home.now());
        String token = get(Invitations.class).invite(editor, Invitations.LASTS).token();
        assertThat(get(Invitations.class).accept(token, PASSWORD)).isPresent();
    }

    /** A browser that knows nobody. */
    static WebClient browser() {
        WebClient browser =
                new WebClient(BrowserVersion.CHROME, false, null, -1); // no engine: each page would begin one
        browser.getOptions().setCssEnabled(false);
        browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
        return browser;
    }

    /** Somebody's browser, signed in. */
    WebClient signedIn(String name) {
        WebClient browser = browser();
        HtmlPage page = fill(open(browser, "/login"), "name", name);
        press(fill(page, "password", PASSWORD), "Sign in");
        return browser;
    }

    HtmlPage open(WebClient browser, String path) {
        try {
            return browser.getPage(url(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an address answers, whatever it is. */
    static WebResponse load(WebClient browser, String url) {
        try {
            return browser.getPage(url).getWebResponse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types into the field of this name. */
    static HtmlPage fill(HtmlPage page, String name, String text) {
        var field = page.<org.htmlunit.html.DomElement>getFirstByXPath("//*[@name='" + name + "']");
        if (field instanceof org.htmlunit.html.HtmlTextArea area) {
            area.setText(text);
        } else if (field instanceof org.htmlunit.html.HtmlInput input) {
            input.setValue(text);
        } else {
            throw new AssertionError("no field '" + name + "' on " + page.getUrl() + "\n" + page.asNormalizedText());
        }
        return page;
    }

    /** Presses the first button with these words. */
    static HtmlPage press(HtmlPage page, String words) {
        return press(page, words, 0);
    }

    /** Presses one of the buttons with these words, counted from 0. */
    static HtmlPage press(HtmlPage page, String words, int which) {
        int seen = 0;
        for (HtmlForm form : page.getForms()) {
            for (var button : form.getElementsByTagName("button")) {
                if (button.asNormalizedText().equals(words) && seen++ == which) {
                    try {
                        return button.click();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }
        throw new AssertionError("no button '" + words + "' on " + page.getUrl() + "\n" + page.asNormalizedText());
    }

    /** What becomes of a form that somebody made up, but for its CSRF token. */
    int post(WebClient browser, String path) {
        HtmlPage page = open(browser, "/me");
        try {
            var request = new WebRequest(URI.create(url(path)).toURL(), HttpMethod.POST);
            String token = page.<org.htmlunit.html.HtmlInput>getFirstByXPath("//input[@name='_csrf']")
                    .getValue();
            request.setRequestParameters(List.of(new NameValuePair("_csrf", token)));
            return browser.getPage(request).getWebResponse().getStatusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        session.close();
    }
}
