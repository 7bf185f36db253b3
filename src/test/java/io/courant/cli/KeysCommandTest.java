package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.delivery.Token;
import io.courant.delivery.TokenSigner;
import io.courant.lab.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KeysCommandTest {
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

    @Test
    void keysAreListedAndTheNewestSigns() throws IOException {
        JsonNode first = shell.courant("keys", "--json").ending(ExitCode.DONE).json();
        assertThat(first).hasSize(1);
        assertThat(first.get(0).propertyNames()).containsExactly("key", "made", "signs");

        assertThat(shell.courant("keys", "rotate").ending(ExitCode.DONE).out()).isEqualTo("key 2 signs from now on\n");

        assertThat(shell.courant("keys").ending(ExitCode.DONE).out().lines())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("  1  20").doesNotContain("signs"),
                        two -> assertThat(two).startsWith("  2  20").endsWith("Z  signs"));
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.home().resolve("keys/2.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void anIssueThatIsHalfSentKeepsItsKeyAndIsTheSameToTheByte() {
        home.subscribe("ada@example.org");
        home.post("one.md", "One");
        home.relay().onRecipient("ada@example.org", "450 4.2.0 later");
        shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        String old = home.in(session -> session.get(TokenSigner.class).sign(Token.unsubscribe("weekly", 1)));
        shell.courant("keys", "rotate").ending(ExitCode.DONE);
        home.advance(Duration.ofHours(1));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(home.relay().taken()).singleElement().extracting(Taken::content).asString().contains(old);

        home.post("two.md", "Two");
        home.advance(Duration.ofDays(7));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        String renewed = home.in(session -> session.get(TokenSigner.class).sign(Token.unsubscribe("weekly", 1)));
        assertThat(renewed).isNotEqualTo(old);
        assertThat(home.relay().taken().get(1).content()).contains(renewed).doesNotContain(old);
    }
}
