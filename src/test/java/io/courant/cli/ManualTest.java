package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a package ships beside the program: the manual and the shells' completion. */
class ManualTest {
    @TempDir
    private Path folder;

    private TestHome home;

    @BeforeEach
    void open() {
        home = new TestHome(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Path manual() {
        Path pages = folder.resolve("man1");
        new Shell(home).typed("manual", pages.toString()).ending(ExitCode.DONE);
        return pages;
    }

    private static List<String> section(Path page, String title) throws IOException {
        return Files.readAllLines(page).stream()
                .dropWhile(line -> !line.equals(".SH " + title))
                .skip(1)
                .takeWhile(line -> !line.startsWith(".SH "))
                .toList();
    }

    @Test
    void everyCommandHasAPageOfWhatItsHelpSays() throws IOException {
        Path pages = manual();

        assertThat(section(pages.resolve("courant-run.1"), "NAME"))
                .containsExactly("courant\\-run \\- Collects, composes and sends: what cron calls");
        assertThat(section(pages.resolve("courant-run.1"), "OPTIONS"))
                .containsSequence(".TP", "\\fB\\-\\-json\\fR", "Prints the result as JSON.")
                .contains("\\fB\\-\\-home=FOLDER\\fR");
        assertThat(section(pages.resolve("courant-run.1"), "EXAMPLES")).contains("  courant run \\-\\-all");
        assertThat(pages.resolve("courant-subscribers-import.1")).isRegularFile();
        assertThat(section(pages.resolve("courant-subscribers.1"), "COMMANDS"))
                .contains("\\fBcourant subscribers import\\fR");
        assertThat(section(pages.resolve("courant.1"), "SEE ALSO")).contains("\\fBcourant\\-run\\fR(1),");
        assertThat(section(pages.resolve("courant.1"), "EXIT STATUS")).contains("\\fB75\\fR");
        assertThat(pages.resolve("courant-help.1")).doesNotExist();
    }

    @Test
    void noLineOfAPageIsARequestThatWasMeantAsText() throws IOException {
        List<String> known = List.of(".TH", ".SH", ".PP", ".TP", ".nf", ".fi");
        try (var pages = Files.list(manual())) {
            assertThat(pages)
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(Files.readAllLines(page))
                            .noneSatisfy(line -> assertThat(line).contains("%n"))
                            .filteredOn(line -> line.startsWith(".") || line.startsWith("'"))
                            .allSatisfy(line -> assertThat(known).contains(line.substring(0, 3))));
        }
    }

    @Test
    void aShellIsHandedWhatItCompletesCommandsBy() {
        String bash = new Shell(home)
                .typed("completion", "bash")
                .ending(ExitCode.DONE)
                .out();
        assertThat(bash).contains("subscribers", "--dry-run", "complete -F _complete_courant");
        assertThat(new Shell(home)
                        .typed("completion", "zsh")
                        .ending(ExitCode.DONE)
                        .out())
                .startsWith("#compdef courant\n")
                .contains("subscribers");
        assertThat(new Shell(home)
                        .typed("completion", "csh")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("csh", "bash");
    }
}
