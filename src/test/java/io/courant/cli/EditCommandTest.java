package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an editor changes in the next issue, and what readers get of it. */
class EditCommandTest {
    private static final String ISSUE = "weekly-2026-11-23";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder);
        home.subscribe("ada@example.org");
        shell = new Shell(home);
        home.post("one.md", "Apples");
        home.post("two.md", "Birches");
        Files.writeString(
                home.notes().resolve("three.md"), "# Cedars\n\nA microcontroller counts the rings of a cedar.\n");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void edit(String... arguments) {
        List<String> line = new ArrayList<>(List.of("edit", "weekly"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--by", "ada"));
        shell.courant(line.toArray(String[]::new)).ending(ExitCode.DONE);
    }

    private List<String> headings(String issue) {
        List<String> headings = new ArrayList<>();
        shell.courant("explain", issue, "--json")
                .json()
                .forEach(item -> headings.add(item.get("heading").asString()));
        return headings;
    }

    private void introduce(String text) throws IOException {
        Path file = folder.resolve("hello.txt");
        Files.writeString(file, text);
        edit("--introduction-file", file.toString());
    }

    @Test
    void whatIsEditedIsInTheIssueAndItsRebuildIsTheSameToTheByte() throws IOException {
        edit("cedars", "--heading", "A tree that counts <b>itself</b>", "--teaser", "In our own words.");
        edit("--subject", "Trees & machines", "--preheader", "A preheader that is long enough to be seen as one line.");
        introduce("Dear readers,\n\nthis one is about trees.\n");
        assertThat(shell.courant("explain", compose(), "counts").out())
                .contains("A tree that counts <b>itself</b>", "heading edited by ada", "teaser edited by ada");
        assertThat(shell.courant("rebuild", ISSUE, "--verify")
                        .ending(ExitCode.DONE)
                        .out())
                .contains("as frozen");
        assertThat(shell.courant("status", ISSUE, "--json")
                        .json()
                        .get("subject")
                        .asString())
                .isEqualTo("Trees & machines");
        assertThat(shell.courant("edit", "weekly", "--list").err()).contains("nothing is edited");
        shell.courant("cancel", ISSUE).ending(ExitCode.DONE);
        assertThat(shell.courant("edit", "weekly", "--list").out())
                .contains("heading “A tree", "introduction “Dear readers,", "subject “Trees & machines” (ada)");
    }

    private String compose() {
        shell.courant("compose", "weekly").ending(ExitCode.DONE);
        return ISSUE;
    }

    @Test
    void editsAreShownByThePreviewEscapedAndNothingIsKeptOfIt() throws IOException {
        edit("cedars", "--heading", "A tree that counts <b>itself</b>", "--teaser", "In our own words.");
        introduce("Dear <i>readers</i>,\n\nthis one is about trees.");
        Path out = folder.resolve("preview");
        shell.courant("preview", "weekly", "--out", out.toString()).ending(ExitCode.DONE);
        String html = Files.readString(out.resolve("weekly.html"));
        assertThat(html)
                .contains("A tree that counts &lt;b&gt;itself", "Dear &lt;i&gt;readers&lt;/i&gt;,", "In our own words.")
                .doesNotContain("<i>readers", "counts the rings");
        assertThat(Files.readString(out.resolve("weekly.txt"))).contains("Dear <i>readers</i>,\n\nthis one is about");
        assertThat(shell.courant("edit", "weekly", "--list", "--json").json()).hasSize(3);
    }

    @Test
    void itemsAndTopicsAreMovedAndTheFirstOneLeads() {
        assertThat(headings(compose())).containsExactly("Birches", "Apples", "Cedars");
        shell.courant("cancel", ISSUE).ending(ExitCode.DONE);
        shell.courant("move", "weekly", "apples", "--top", "--by", "ada").ending(ExitCode.DONE);
        shell.courant("move", "weekly", "edge-ai", "--before", "privacy").ending(ExitCode.DONE);
        shell.courant("compose", "weekly").ending(ExitCode.DONE);
        assertThat(headings(ISSUE + "-2")).containsExactly("Cedars", "Apples", "Birches");
        assertThat(shell.courant("explain", ISSUE + "-2").out())
                .contains("Lead: the editor’s choice for Edge AI", "moved by ada");
        shell.courant("rebuild", ISSUE + "-2", "--verify").ending(ExitCode.DONE);
    }

    @Test
    void whatCannotComeTrueIsRefusedWithAWayOut() {
        assertThat(shell.courant("move", "weekly", "apples", "--before", "cedars")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("stand under different topics", "courant assign weekly");
        shell.courant("drop", "weekly", "birches").ending(ExitCode.DONE);
        assertThat(shell.courant("edit", "weekly", "birches", "--heading", "Oaks")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("(Birches) will be in no issue any more: dropped by an editor");
        assertThat(shell.courant("move", "weekly", "edge-ai", "--after", "nothing")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("no topic 'nothing'");
        shell.courant("edit", "weekly", "--heading", "Whose?").ending(ExitCode.USAGE);
        shell.courant("edit", "weekly", "apples", "--subject", "Whose?").ending(ExitCode.USAGE);
        shell.courant("edit", "weekly").ending(ExitCode.USAGE);
        assertThat(shell.courant("edit", "weekly", "--undo")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("there is no edit to take back");
    }

    @Test
    void anEditIsTakenBackAndMadeAgain() {
        edit("--subject", "One");
        edit("--subject", "Two");
        assertThat(shell.courant("edit", "weekly", "--undo").out()).contains("taken back: subject “Two”");
        assertThat(shell.courant("edit", "weekly", "--list").out())
                .contains("One")
                .doesNotContain("Two");
        assertThat(shell.courant("edit", "weekly", "--redo").out()).contains("again: subject “Two”");
    }

    @Test
    void aFrozenIssueIsNotChangedButMadeAnewInOneGo() {
        compose();
        assertThat(shell.courant("edit", "weekly", "cedars", "--heading", "Oaks")
                        .ending(ExitCode.DONE)
                        .err())
                .contains(ISSUE + " is frozen, and this does not change it; 'courant compose weekly --again'");
        assertThat(headings(ISSUE)).contains("Cedars").doesNotContain("Oaks");
        assertThat(shell.courant("compose", "weekly", "--again")
                        .ending(ExitCode.DONE)
                        .err())
                .contains(ISSUE + " is cancelled, and made anew");
        assertThat(headings(ISSUE + "-2")).contains("Oaks").doesNotContain("Cedars");
        shell.courant("send", ISSUE + "-2").ending(ExitCode.DONE);
        assertThat(shell.courant("compose", "weekly", "--again")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("has no frozen issue of which nothing was sent");
    }
}
