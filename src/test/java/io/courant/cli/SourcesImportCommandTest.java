package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SourcesImportCommandTest {
    private static final String OPML = """
            <opml version="2.0"><head><title>Mine</title></head><body><outline text="Trees">
            <outline type="rss" text="Oak" xmlUrl="https://oak.example/feed"/>
            <outline type="rss" text="Ash: a tree" xmlUrl="https://ash.example/feed"/></outline>
            <outline type="rss" text="Local" xmlUrl="file:///feed.xml"/></body></opml>
            """;

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;
    private Path job;
    private String opml = "";

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder);
        shell = new Shell(home);
        job = home.jobs().resolve("weekly.yaml");
        opml = Files.writeString(folder.resolve("feeds.opml"), OPML).toString();
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void theFeedsOfAListBecomeSourcesOfTheJob() throws IOException {
        String before = Files.readString(job);
        Shell.Said said =
                shell.courant("sources", "import", opml, "--job", "weekly").ending(ExitCode.FAILED);
        assertThat(said.out())
                .isEqualToIgnoringNewLines("2 sources added to jobs/weekly.yaml, 0 already there, 1 problem");
        assertThat(said.err()).contains("feeds.opml:4: 'file:///feed.xml' of 'Local' is no web address");
        assertThat(job).content().isEqualTo(before.replace("    folder: notes\n", """
                  folder: notes
                - name: Oak
                  feed: https://oak.example/feed
                - name: "Ash: a tree"
                  feed: https://ash.example/feed
                """.indent(2)));
        shell.courant("check").ending(ExitCode.DONE);
        assertThat(shell.courant("sources", "import", opml, "--job", "weekly").out())
                .isEqualToIgnoringNewLines("0 sources added to jobs/weekly.yaml, 2 already there, 1 problem");
        if (TestDatabase.isSqlite()) {
            assertThat(home.home()).as("nothing is kept").doesNotExist();
        }
    }

    @Test
    void aDryRunChangesNothing() throws IOException {
        String before = Files.readString(job);
        Shell.Said said = shell.courant("sources", "import", opml, "--job", "weekly", "--dry-run");
        assertThat(said.out()).startsWith("dry run, nothing changed: 2 sources added to jobs/weekly.yaml");
        assertThat(said.err()).contains("Oak  https://oak.example/feed");
        assertThat(job).content().isEqualTo(before);
    }

    @Test
    void anImportAsJson() {
        JsonNode imported = shell.courant("sources", "import", opml, "--job", "weekly", "--json")
                .ending(ExitCode.FAILED)
                .json();
        assertThat(imported.propertyNames()).containsExactly("job", "file", "added", "present", "problems");
        assertThat(imported.get("added").get(1).get("name").asString()).isEqualTo("Ash: a tree");
        assertThat(imported.get("added").get(1).get("feed").asString()).isEqualTo("https://ash.example/feed");
        assertThat(imported.get("present").asInt()).isZero();
        assertThat(imported.get("problems")).hasSize(1);
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        assertThat(shell.courant("sources", "import", "none.opml", "--job", "weekly")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("none.opml: no such file");
        assertThat(shell.courant("sources", "import", opml, "--job", "weakly")
                        .ending(ExitCode.INVALID)
                        .err())
                .contains("no job 'weakly'", "did you mean 'weekly'?");
    }
}
