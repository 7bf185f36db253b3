package io.courant.desk;

import static io.courant.desk.TestDesk.fill;
import static io.courant.desk.TestDesk.press;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.editor.Editors;
import io.courant.editor.Invitations;
import io.courant.editor.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningInTest {
    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void theFirstOwnerComesInByALinkThatWorksOnce() {
        Invitations.Invitation link = desk.get(Invitations.class).first().orElseThrow();
        try (WebClient browser = TestDesk.browser()) {
            HtmlPage welcome = desk.open(browser, "/" + link.path());
            HtmlPage tooShort = press(fill(welcome, "password", "short"), "Keep it");
            assertThat(tooShort.asNormalizedText()).contains("the password has 5 characters");
            HtmlPage login = press(fill(tooShort, "password", TestDesk.PASSWORD), "Keep it");
            assertThat(login.asNormalizedText()).contains("The password is kept.");
            fill(login, "name", "owner");
            HtmlPage today = press(fill(login, "password", TestDesk.PASSWORD), "Sign in");
            assertThat(today.getUrl().getPath()).isEqualTo("/");
            assertThat(today.asNormalizedText()).contains("Today", "owner", "Sign out");
            assertThat(desk.open(browser, "/" + link.path()).asNormalizedText()).contains("This link is used up");
            assertThat(press(today, "Sign out").getUrl().getPath()).isEqualTo("/login");
            assertThat(desk.open(browser, "/").getUrl().getPath()).isEqualTo("/login");
        }
    }

    @Test
    void aSessionEndsWithTheAccount() {
        desk.editor("ada", Role.EDITOR);
        try (WebClient browser = desk.signedIn("ada")) {
            assertThat(desk.open(browser, "/").asNormalizedText()).contains("Today");
            desk.editor("grace", Role.OWNER);
            Editors editors = desk.get(Editors.class);
            editors.disable(editors.find("ada").orElseThrow());
            assertThat(desk.open(browser, "/").asNormalizedText()).doesNotContain("Today");
        }
    }

    private HttpResponse<String> sent(String path, String type, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(desk.url(path)))
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aStrangersFormIsNotReadBeyondWhatAnyFormHolds() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                sent("/login", "application/x-www-form-urlencoded", "name=" + "a".repeat(1_100_000));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("This is too large; nothing was changed.\n");
    }

    @Test
    void aStrangersFileIsNotRead() throws IOException, InterruptedException {
        String file =
                "--B\r\nContent-Disposition: form-data; name=\"list\"; filename=\"a.csv\"\r\n\r\nemail\r\n--B--\r\n";
        HttpResponse<String> answer = sent("/subscribers/import", "multipart/form-data; boundary=B", file);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
    }

    @Test
    void anotherSitesFormsDoNotBringTheSession() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(desk.url("/login"))).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"));
    }

    @Test
    void behindAServerWithTlsTheSessionIsForTlsOnly() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(desk.url("/login")))
                                .header("X-Forwarded-Proto", "https")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("Secure"));
    }

    @Test
    void anAddressThatLeadsNowhereIsNobodysBusiness() {
        desk.editor("grace", Role.OWNER);
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage page = desk.open(browser, "/nowhere");
            assertThat(page.getWebResponse().getStatusCode()).isEqualTo(404);
            assertThat(page.asNormalizedText())
                    .contains("There is nothing here")
                    .doesNotContain("another role");
        }
    }

    @Test
    void aFormWithoutItsTokenIsRefused() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(desk.url("/login")))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("name=ada&password=x"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
    }
}
