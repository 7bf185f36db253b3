package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.courant.TestHome;
import io.courant.delivery.Base32;
import io.courant.editor.ApiTokens;
import io.courant.editor.Digest;
import io.courant.editor.Invitations;
import io.courant.editor.Permission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class UsersCommandTest {
    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Shell.Said users(int exitCode, String... more) {
        return shell.courant(Stream.concat(Stream.of("users"), Stream.of(more)).toArray(String[]::new))
                .ending(exitCode);
    }

    private JsonNode usersJson(String... more) {
        return users(
                        ExitCode.DONE,
                        Stream.concat(Stream.of(more), Stream.of("--json")).toArray(String[]::new))
                .json();
    }

    private boolean isKept(String text) throws IOException {
        try (Stream<Path> files = Files.walk(home.home())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void theFirstIsAnOwnerWhoComesInByALinkThatIsShownOnce() throws IOException {
        assertThat(users(ExitCode.DONE).err()).contains("nobody yet");
        assertThat(users(ExitCode.FAILED, "add", "ada", "--role", "editor").err())
                .contains("the first one takes --role owner");
        Shell.Said said = users(ExitCode.DONE, "add", "Ada", "--role", "owner", "--desk", "https://desk.example.org/d");
        assertThat(said.out()).matches("https://desk\\.example\\.org/d/welcome/[a-z2-7]{32}\n");
        assertThat(said.err()).contains("ada sets a password there, once, until 2026-11-24T07:00:00Z");
        String token = said.out().strip().replaceAll(".*/", "");
        assertThat(isKept(token)).isFalse();
        assertThat(home.<Boolean>in(session -> session.get(Invitations.class)
                        .accept(token, "correct horse battery")
                        .isPresent()))
                .isTrue();
        JsonNode listed = usersJson().get(0);
        assertThat(listed.propertyNames()).containsExactly("name", "role", "disabled", "password", "codes", "lastSeen");
        assertThat(listed.get("password").asBoolean()).isTrue();
        assertThat(users(ExitCode.DONE).out()).matches("ada {18}owner {6}never came in\n");
    }

    @Test
    void aLinkIsMadeAgainAndVoidAfterItsTime() {
        users(ExitCode.DONE, "add", "ada", "--role", "owner");
        JsonNode link = usersJson("link", "ada", "--valid", "30m");
        assertThat(link.propertyNames()).containsExactly("name", "role", "link", "until");
        String token = link.get("link").asString().replaceAll(".*/", "");
        assertThat(link.get("until").asString()).isEqualTo("2026-11-23T07:30:00Z");
        home.advance(Duration.ofMinutes(30));
        assertThat(home.<Boolean>in(
                        session -> session.get(Invitations.class).guest(token).isEmpty()))
                .isTrue();
        assertThat(users(ExitCode.FAILED, "link", "adda").err()).contains("no editor 'adda'", "did you mean 'ada'?");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(users(ExitCode.FAILED, "add", "ada@example.org", "--role", "owner")
                        .err())
                .contains("not a name for an editor");
        assertThat(users(ExitCode.USAGE, "add", "ada", "--role", "king").err()).contains("OWNER");
        assertThat(users(ExitCode.INVALID, "add", "ada", "--role", "owner", "--desk", "desk.example.org")
                        .err())
                .contains("--desk: expected an address such as");
        assertThat(users(ExitCode.DONE).err()).as("nothing half done").contains("nobody yet");
        assertThat(users(ExitCode.USAGE, "link", "ada", "--valid", "soon").err())
                .contains("30m, 24h or 90d");
    }

    @Test
    void rolesChangeAndPeopleAreShutOutButTheLastOwnerStays() {
        users(ExitCode.DONE, "add", "ada", "--role", "owner");
        users(ExitCode.DONE, "add", "bob", "--role", "reader");
        assertThat(users(ExitCode.FAILED, "disable", "ada").err()).contains("only owner who can act");
        assertThat(users(ExitCode.DONE, "role", "bob", "owner").err()).contains("bob is owner now, and was reader");
        assertThat(users(ExitCode.DONE, "disable", "ada").err()).contains("users enable ada");
        assertThat(users(ExitCode.FAILED, "link", "ada").err()).contains("ada is disabled");
        assertThat(users(ExitCode.DONE).out()).contains("disabled, no password yet, never came in");
        users(ExitCode.DONE, "enable", "ada");
        assertThat(usersJson().get(0).get("disabled").asBoolean()).isFalse();
        assertThat(usersJson("roles").get(1).get("may").toString())
                .contains("editDrafts")
                .doesNotContain("approve");
        assertThat(users(ExitCode.DONE, "roles").out()).contains("approve              publisher, owner");
    }

    @Test
    void aTokenIsShownOnceUsedListedAndRevoked() throws IOException {
        users(ExitCode.DONE, "add", "ada", "--role", "owner");
        String text = users(
                        ExitCode.DONE,
                        "tokens",
                        "add",
                        "ada",
                        "--scope",
                        "edit,SEND",
                        "--label",
                        "shop",
                        "--expires",
                        "90d")
                .out()
                .strip();
        assertThat(text).startsWith("courant_");
        assertThat(isKept(text.substring(8))).isFalse();
        assertThat(home.<Boolean>in(session -> session.get(ApiTokens.class)
                        .use(Digest.of(text), home.now())
                        .orElseThrow()
                        .may(Permission.APPROVE)))
                .isTrue();
        JsonNode listed = usersJson("tokens").get(0);
        assertThat(listed.propertyNames())
                .containsExactly("token", "owner", "label", "scopes", "state", "made", "expires", "lastUsed");
        assertThat(listed.get("scopes").toString()).isEqualTo("[\"edit\",\"send\"]");
        assertThat(listed.get("lastUsed").asString()).isEqualTo("2026-11-23");
        users(ExitCode.DONE, "tokens", "revoke", "1");
        assertThat(users(ExitCode.DONE, "tokens").out()).contains("shop: revoked, last used 2026-11-23");
        assertThat(home.<Boolean>in(session -> session.get(ApiTokens.class)
                        .use(Digest.of(text), home.now())
                        .isEmpty()))
                .isTrue();
        assertThat(users(ExitCode.FAILED, "tokens", "revoke", "7").err()).contains("no token 7");
    }

    @Test
    void codesAreAskedForOnceOneWasRightUntilTheyAreSwitchedOff() throws InvalidKeyException {
        users(ExitCode.DONE, "add", "ada", "--role", "owner");
        String secret = usersJson("totp", "ada").get("secret").asString();
        assertThat(users(ExitCode.FAILED, "totp", "ada", "--confirm", "12345").err())
                .contains("not the code of this moment");
        String code = new TimeBasedOneTimePasswordGenerator()
                .generateOneTimePasswordString(
                        new SecretKeySpec(Base32.decode(secret).orElseThrow(), "RAW"), home.now(), Locale.ROOT);
        assertThat(users(ExitCode.DONE, "totp", "ada", "--confirm", code).out().lines())
                .hasSize(10);
        assertThat(users(ExitCode.DONE).out()).contains("with one-time codes");
        users(ExitCode.DONE, "totp", "ada", "--off");
        assertThat(usersJson().get(0).get("codes").asBoolean()).isFalse();
        users(ExitCode.USAGE, "totp", "ada", "--off", "--confirm", "1");
    }
}
