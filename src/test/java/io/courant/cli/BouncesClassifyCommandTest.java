package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BouncesClassifyCommandTest {
    private static final String BOUNCE = """
            From: mailer-daemon@mx.example
            Subject: failure notice

            <ada@reader.example>:
            Remote host said: 550 5.1.1 nobody here
            """;

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;
    private String bounce;
    private String letter;
    private String missing;

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder.resolve("home"));
        shell = new Shell(home);
        bounce = Files.writeString(folder.resolve("bounce.eml"), BOUNCE).toString();
        letter = Files.writeString(folder.resolve("letter.eml"), "From: ada@reader.example\n\nHi\n")
                .toString();
        missing = folder.resolve("missing.eml").toString();
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void eachMailIsShownWithItsReports() {
        JsonNode shown = shell.courant("bounces", "classify", bounce, letter, "--json")
                .ending(ExitCode.DONE)
                .json();
        assertThat(shown).hasSize(2);
        assertThat(shown.get(0).propertyNames()).containsExactly("file", "reports");
        assertThat(shown.get(0).get("file").asString()).isEqualTo(bounce);
        JsonNode report = shown.get(0).get("reports").get(0);
        assertThat(report.propertyNames()).containsExactly("recipient", "kind", "status", "reply", "feedback");
        assertThat(report.get("recipient").asString()).isEqualTo("ada@reader.example");
        assertThat(report.get("kind").asString()).isEqualTo("hard");
        assertThat(report.get("status").asString()).isEqualTo("5.1.1");
        assertThat(report.get("reply").asString()).isEqualTo("550");
        assertThat(report.get("feedback").asString()).isEmpty();
        assertThat(shown.get(1).get("reports")).isEmpty();
    }

    @Test
    void peopleSeeTheWordsThatDecided() {
        assertThat(shell.typed("bounces", "classify", bounce, letter)
                        .ending(ExitCode.DONE)
                        .out())
                .contains(bounce, "hard", "550 5.1.1", "ada@reader.example", "nobody here", letter + ": no report");
    }

    @Test
    void whatCannotBeReadIsNamedAndTheOthersAreShown() {
        Shell.Said said =
                shell.courant("bounces", "classify", missing, bounce, "--json").ending(ExitCode.FAILED);
        assertThat(said.err()).contains(missing, "there is no such file");
        assertThat(said.json()).hasSize(1);
        assertThat(shell.typed("bounces").ending(ExitCode.USAGE).err()).contains("classify");
    }
}
