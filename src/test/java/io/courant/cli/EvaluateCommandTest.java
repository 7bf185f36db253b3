package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EvaluateCommandTest {
    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;
    private Path labels;

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder);
        shell = new Shell(home);
        labels = folder.resolve("labels.csv");
        Files.createDirectories(folder.resolve("posts/deep"));
        post("posts/a.md", "Rings", "A microcontroller counts rings.");
        post("posts/b, c.md", "Home", "Federated learning keeps data at home.");
        post("posts/deep/d.txt", "Lift", "The lift is slow.");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void post(String name, String title, String text) throws IOException {
        Files.writeString(folder.resolve(name), "# " + title + "\n\n" + text + "\n");
    }

    private Shell.Said evaluate(String csv, String... more) throws IOException {
        Files.writeString(labels, csv);
        String[] arguments = {"evaluate", "--posts", folder.resolve("posts").toString(), "--labels", labels.toString()};
        String[] all = Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
        return shell.courant(all);
    }

    @Test
    void postsAreMeasuredInTheOrderOfTheirDatesWhateverTheShapeOfTheLabels() throws IOException {
        for (String csv : new String[] {
            "file,date,topic\na.md,2026-01-03,edge-ai\n\"b, c.md\",2026-01-02,Privacy\ndeep/d.txt,2026-01-01,\n",
            "\uFEFFfile,date,topic\r\na,2026-01-03 10:00:00,edge-ai\r\n\"b, c\",2026-01-02T08:00:00Z,privacy\r\ndeep/d,2026-01-01,\r\n",
            "a.md,2026-01-03,edge-ai|privacy\n\"b, c.md\",2026-01-02,privacy\ndeep/d.txt,2026-01-01,\n"
        }) {
            JsonNode said = evaluate(csv, "--topics", "weekly", "--json")
                    .ending(ExitCode.DONE)
                    .json();
            JsonNode last = said.get("figures").get(said.get("figures").size() - 1);
            assertThat(last.get("posts").asInt()).isEqualTo(2);
            assertThat(last.get("none").asInt()).isEqualTo(1);
            assertThat(last.get("accuracy").asDouble()).isEqualTo(1);
            assertThat(last.get("precision").asDouble()).isEqualTo(1);
            assertThat(last.get("coverage").asDouble()).isEqualTo(1);
            assertThat(said.get("predictions"))
                    .extracting(one -> one.get("topic").asString())
                    .containsExactly("unsorted", "privacy", "edge-ai");
        }
    }

    @Test
    void topicsAreReadFromAFileThatHasNothingElseToo() throws IOException {
        Path topics = Files.writeString(
                folder.resolve("desks.yaml"),
                "topics:\n  - {id: lifts, title: Lifts, seeds: {lift: 3}}\n  - {id: trees, title: Trees, seeds: {ring: 3}}\n");
        assertThat(evaluate(
                                "a.md,2026-01-03,trees\ndeep/d.txt,2026-01-01,lifts\n",
                                "--topics",
                                topics.toString(),
                                "--exclusive")
                        .ending(ExitCode.DONE)
                        .out())
                .contains("seeds, self-training, votes", "1.000");
    }

    @Test
    void aSeedThatCouldNeverBeFoundIsRefused() throws IOException {
        Path topics = Files.writeString(
                folder.resolve("desks.yaml"), "topics:\n  - {id: it, title: IT, seeds: {it: 3, computer: 3}}\n");
        assertThat(evaluate("", "--topics", topics.toString())
                        .ending(ExitCode.INVALID)
                        .err())
                .contains("desks.yaml:2: seed 'it' has nothing but words that every text has");
    }

    @Test
    void whatCannotBeUsedIsNamedWithItsLine() throws IOException {
        Shell.Said said = evaluate(
                        "a.md,2026-01-03,edge-ai\nz.md,2026-01-03,edge-ai\ndeep/d.txt,soon,\n\"b, c.md\",2026-01-02,lifts\n",
                        "--topics",
                        "weekly")
                .ending(ExitCode.FAILED);
        assertThat(said.err())
                .contains(
                        "labels.csv:2: no file 'z.md'",
                        "labels.csv:3: no date 'soon'",
                        "'lifts' is no topic of weekly; 1 post labelled so counts as about none of them");
        assertThat(evaluate("nothing,2026-01-01,\n", "--topics", "weekly")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("names no post that can be read");
        assertThat(evaluate("", "--topics", "nowhere.yaml")
                        .ending(ExitCode.INVALID)
                        .err())
                .contains("no file nowhere.yaml");
    }
}
