package io.courant.desk;

import static io.courant.desk.TestDesk.fill;
import static io.courant.desk.TestDesk.press;
import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.courant.delivery.Base32;
import io.courant.editor.ApiToken;
import io.courant.editor.ApiTokens;
import io.courant.editor.AuditLog;
import io.courant.editor.Digest;
import io.courant.editor.Editors;
import io.courant.editor.OneTimeCodes;
import io.courant.editor.Permission;
import io.courant.editor.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlPreformattedText;
import org.htmlunit.html.HtmlSelect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountPagesTest {
    private static final String OTHER_PASSWORD = "other words about something";

    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.editor("ada", Role.OWNER);
        desk.editor("alan", Role.EDITOR);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static String once(HtmlPage page) {
        return page.<HtmlPreformattedText>getFirstByXPath("//pre").asNormalizedText();
    }

    @Test
    void aPasswordIsChangedByWhoKnowsIt() {
        try (WebClient here = desk.signedIn("alan");
                WebClient elsewhere = desk.signedIn("alan")) {
            HtmlPage page = desk.open(here, "/me");
            fill(fill(page, "old", "not this one at all"), "password", OTHER_PASSWORD);
            page = press(page, "Change the password");
            assertThat(page.asNormalizedText()).contains("That is not your password");
            fill(fill(page, "old", TestDesk.PASSWORD), "password", "short");
            page = press(page, "Change the password");
            assertThat(page.asNormalizedText()).contains("the password has 5 characters");
            fill(fill(page, "old", TestDesk.PASSWORD), "password", OTHER_PASSWORD);
            page = press(page, "Change the password");
            assertThat(page.asNormalizedText()).contains("The password is changed");
            page = press(page, "Set codes up"); // the forms of this session go on
            assertThat(page.asNormalizedText()).contains("Give the secret to your app");
            assertThat(desk.open(elsewhere, "/me").getUrl().getPath()).isEqualTo("/login");
        }
    }

    @Test
    void codesAreAskedForOnceOneWasRight() throws InvalidKeyException {
        try (WebClient browser = desk.signedIn("alan")) {
            HtmlPage page = press(desk.open(browser, "/me"), "Set codes up");
            String secret = desk.get(OneTimeCodes.class)
                    .offered(desk.get(Editors.class).find("alan").orElseThrow())
                    .orElseThrow()
                    .secret();
            assertThat(once(page).replace(" ", "")).isEqualTo(secret);
            assertThat(once(page)).matches("(\\w{4} ){7}\\w{4}");
            assertThat(page.asNormalizedText()).contains("otpauth://totp/Courant:alan?secret=" + secret);
            page = press(fill(page, "code", "12345"), "Ask for codes from now on");
            assertThat(page.asNormalizedText()).contains("not the code of this moment");
            page = press(fill(page, "code", code(secret)), "Ask for codes from now on");
            assertThat(once(page).lines()).hasSize(10);
            page = desk.open(browser, "/me");
            assertThat(page.asNormalizedText()).contains("Recovery codes left: 10");
            page = press(fill(page, "current", "not this one at all"), "Switch codes off");
            assertThat(page.asNormalizedText()).contains("That is not your password");
            page = press(fill(page, "current", TestDesk.PASSWORD), "Switch codes off");
            assertThat(page.asNormalizedText()).contains("The password is enough", "Set codes up");
        }
    }

    private String code(String secret) throws InvalidKeyException {
        var generator = new TimeBasedOneTimePasswordGenerator();
        var key = new SecretKeySpec(Base32.decode(secret).orElseThrow(), generator.getAlgorithm());
        return generator.generateOneTimePasswordString(key, desk.home().now(), Locale.ROOT);
    }

    @Test
    void aTokenIsShownOnceAndRevoked() {
        try (WebClient browser = desk.signedIn("alan")) {
            HtmlPage page = desk.open(browser, "/me");
            assertThat(press(page, "Make the token").asNormalizedText()).contains("choose a scope at least");
            page = fill(desk.open(browser, "/me"), "label", "intranet");
            assertThat(page.<HtmlCheckBoxInput>getByXPath("//input[@name='scope']"))
                    .extracting(HtmlCheckBoxInput::getValue)
                    .containsExactly("read", "edit", "subscribers");
            page.<HtmlCheckBoxInput>getFirstByXPath("//input[@value='edit']").setChecked(true);
            String text = once(press(page, "Make the token"));
            var bearer = desk.get(ApiTokens.class)
                    .use(Digest.of(text), desk.home().now())
                    .orElseThrow();
            assertThat(bearer.may(Permission.EDIT_DRAFTS)).isTrue();
            page = desk.open(browser, "/me");
            assertThat(page.asNormalizedText()).contains("intranet", "good").doesNotContain(text);
            assertThat(press(page, "Revoke").asNormalizedText()).contains("The token is revoked");
            assertThat(desk.get(ApiTokens.class)
                            .use(Digest.of(text), desk.home().now()))
                    .isEmpty();
        }
    }

    @Test
    void nobodyRevokesTokensOfOthersButAnOwner() throws IOException {
        ApiToken token = desk.get(ApiTokens.class)
                .make(
                        desk.get(Editors.class).find("ada").orElseThrow(),
                        "backup",
                        java.util.Set.of(ApiToken.Scope.READ),
                        desk.home().now(),
                        null)
                .token();
        try (WebClient browser = desk.signedIn("alan")) {
            assertThat(desk.post(browser, "/me/tokens/" + token.id() + "/revoke"))
                    .isEqualTo(404);
            assertThat(desk.post(browser, "/users/tokens/" + token.id() + "/revoke"))
                    .isEqualTo(403);
            assertThat(desk.open(browser, "/users").getWebResponse().getStatusCode())
                    .isEqualTo(403);
        }
        try (WebClient browser = desk.signedIn("ada")) {
            assertThat(press(desk.open(browser, "/users"), "Revoke").asNormalizedText())
                    .contains("The token of ada is revoked");
        }
    }

    @Test
    void anOwnerAddsSomebodyByALinkThatIsShownOnce() {
        try (WebClient browser = desk.signedIn("ada");
                WebClient guest = TestDesk.browser()) {
            HtmlPage page = fill(desk.open(browser, "/users"), "name", "grace");
            ((HtmlSelect) page.getElementById("role")).setSelectedAttribute("publisher", true);
            String link = once(press(page, "Add"));
            assertThat(link).startsWith(desk.url("/welcome/"));
            HtmlPage welcome = desk.open(guest, URI.create(link).getPath());
            press(fill(welcome, "password", OTHER_PASSWORD), "Keep it");
            assertThat(desk.open(browser, "/users").asNormalizedText())
                    .contains("grace", "publisher")
                    .doesNotContain("/welcome/");
            assertThat(once(press(desk.open(browser, "/users"), "New link for grace")))
                    .isNotEqualTo(link);
            page = press(fill(desk.open(browser, "/users"), "name", "Ada@example.org"), "Add");
            assertThat(page.asNormalizedText()).contains("not a name for an editor");
        }
    }

    @Test
    void anOwnerChangesWhatSomebodyMay() {
        try (WebClient browser = desk.signedIn("ada");
                WebClient theirs = desk.signedIn("alan")) {
            HtmlPage page = desk.open(browser, "/users");
            ((HtmlSelect) page.getElementById("role-alan")).setSelectedAttribute("reader", true);
            page = press(page, "Change", 1);
            assertThat(page.asNormalizedText()).contains("alan is reader now");
            assertThat(desk.open(theirs, "/").getUrl().getPath()).isEqualTo("/login");
            page = press(page, "Shut alan out");
            assertThat(page.asNormalizedText()).contains("alan is shut out", "disabled");
            page = press(page, "Let alan in again");
            assertThat(page.asNormalizedText()).contains("alan can come in again");
            page = press(page, "Shut ada out");
            assertThat(page.asNormalizedText()).contains("owner").doesNotContain("ada is shut out");
        }
        assertThat(desk.get(AuditLog.class).list(AuditLog.Filter.newest(3)))
                .extracting(entry -> entry.act().what() + " " + entry.act().subject())
                .containsExactly("users enable alan", "users disable alan", "users role alan");
    }
}
