package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.job.JobFolder.NewSource;
import io.courant.post.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddSourcesTest {
    private static final String GARDEN = """
            title: Garden
            from: Garden <digest@garden.example>
            postal-address: 1 Green Lane
            home: https://garden.example
            template: digest
            relay: {host: localhost, port: 25, tls: none}
            sources:
              - {name: Oak, feed: https://oak.example/feed}
            topics:
              - id: trees
                title: Trees
                seeds: {tree: 3}
            """;
    private static final List<NewSource> FEEDS = List.of(
            new NewSource("Oak again", URI.create("https://OAK.example/feed")),
            new NewSource("Ash", URI.create("https://ash.example/feed")),
            new NewSource("Ash", URI.create("https://ash.example/feed")));

    @TempDir
    private Path root;

    private Path jobs;
    private Path file;

    @BeforeEach
    void folder() throws IOException {
        jobs = Files.createDirectories(root.resolve("jobs"));
        file = Files.writeString(jobs.resolve("garden.yaml"), GARDEN);
    }

    private JobFolder folder(Path path) {
        return new JobFolder(path, List.of("digest"), Map.of(), Map.of());
    }

    private JobFolder.Added add(boolean dryRun) {
        return folder(jobs).addSources("garden", FEEDS, dryRun);
    }

    private void onlyJobFilesAreLeft() throws IOException {
        try (Stream<Path> files = Files.list(jobs)) {
            assertThat(files).containsExactly(jobs.resolve("garden.yaml"));
        }
    }

    @Test
    void feedsThatAreNotThereYetAreWrittenIntoTheFile() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(add(false)).isEqualTo(new JobFolder.Added("jobs/garden.yaml", List.of(FEEDS.get(1)), 2));
        assertThat(file)
                .content()
                .isEqualTo(GARDEN.replace("feed}\n", "feed}\n  - {name: Ash, feed: https://ash.example/feed}\n"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-r--");
        assertThat(folder(jobs).load("garden").newsletter().sources())
                .extracting(Source::name)
                .containsExactly("Oak", "Ash");
        onlyJobFilesAreLeft();
        assertThat(add(false)).as("a second time").isEqualTo(new JobFolder.Added("jobs/garden.yaml", List.of(), 3));
    }

    @Test
    void aDryRunSaysTheSameAndWritesNothing() throws IOException {
        assertThat(add(true).added()).containsExactly(FEEDS.get(1));
        assertThat(file).content().isEqualTo(GARDEN);
        onlyJobFilesAreLeft();
    }

    @Test
    void aLinkStaysAndWhatItLeadsToIsReplaced() throws IOException {
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere")).resolve("shared.yaml");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, Path.of("../elsewhere/shared.yaml"));
        add(false);
        assertThat(file).isSymbolicLink();
        assertThat(elsewhere).content().contains("Ash");
    }

    @Test
    void aFileThatWouldBeRefusedAfterwardsIsNotChanged() throws IOException {
        String broken = GARDEN.replace("template: digest", "template: digets");
        Files.writeString(file, broken);
        assertThatThrownBy(() -> add(false))
                .isInstanceOf(JobFileException.class)
                .hasMessageContainingAll(
                        "jobs/garden.yaml: is not changed, since with the new sources it would be refused:",
                        "jobs/garden.yaml:5: template 'digets' not found");
        assertThat(file).content().isEqualTo(broken);
        onlyJobFilesAreLeft();
    }

    @Test
    void whatSomebodyElseWroteMeanwhileIsNotLost() throws IOException {
        assertThat(SafeReplace.replace(file, "old", "new")).isFalse();
        assertThat(file).content().isEqualTo(GARDEN);
        onlyJobFilesAreLeft();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> folder(jobs).addSources("gardn", FEEDS, false))
                .hasMessageContaining("no job 'gardn'")
                .hasMessageContaining("did you mean 'garden'?");
    }

    @Test
    void theJobsThatComeWithCourantStayAsTheyAre() throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(root.resolve("courant.jar"), Map.of("create", "true"))) {
            Path inside = Files.createDirectories(jar.getPath("/shipped/jobs"));
            Files.writeString(inside.resolve("garden.yaml"), GARDEN);
            assertThatThrownBy(() -> folder(inside).addSources("garden", FEEDS, false))
                    .isInstanceOf(JobFileException.class)
                    .hasMessage("the jobs that come with Courant cannot be changed; copy garden.yaml into a folder of"
                            + " your own and name that with --jobs");
        }
    }
}
