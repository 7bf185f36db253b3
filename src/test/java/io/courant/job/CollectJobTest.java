package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.TestHome;
import io.courant.cli.Program;
import io.courant.job.Runs.Collected;
import io.courant.section.SectionedPosts;
import io.courant.section.SectionedPosts.KeptSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;

class CollectJobTest {
    @TempDir
    private Path folder;

    private TestHome home;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Collected collect() {
        return home.in(session -> session.get(Runs.class).collect(TestHome.WEEKLY));
    }

    private List<String> kept() {
        return home.in(
                session -> session.get(SectionedPosts.class).sections(List.of("weekly: notes", "weekly: more")).stream()
                        .map(KeptSection::postTitle)
                        .toList());
    }

    @Test
    void whatIsCollectedTwiceIsKeptOnce() {
        home.post("one.md", "One");
        home.post("two.md", "Two");
        assertThat(collect()).isEqualTo(new Collected(2, 0, List.of(), List.of()));
        assertThat(collect()).isEqualTo(new Collected(0, 2, List.of(), List.of()));
        home.post("three.md", "Three");
        assertThat(collect()).isEqualTo(new Collected(1, 2, List.of(), List.of()));
        assertThat(kept()).containsExactly("One", "Two", "Three");
    }

    @Test
    void aFolderWhosePostsWereAllReplacedHasMissedNone() throws IOException {
        home.post("one.md", "One");
        collect();
        Files.delete(home.notes().resolve("one.md"));
        home.post("two.md", "Two");
        assertThat(collect()).isEqualTo(new Collected(1, 0, List.of(), List.of()));
    }

    @Test
    void anEmptyFolderIsNoProblem() {
        assertThat(collect()).isEqualTo(new Collected(0, 0, List.of(), List.of()));
    }

    @Test
    void aPostThatCannotBeReadHidesNoOther() throws IOException {
        home.post("one.md", "One");
        Files.writeString(home.notes().resolve("empty.md"), "");
        Files.write(home.notes().resolve("binary.txt"), new byte[] {0, 1, 2, 0});
        Collected collected = collect();
        assertThat(collected.kept()).isEqualTo(1);
        assertThat(collected.problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("notes/empty.md: is empty"))
                .anySatisfy(problem -> assertThat(problem).contains("notes/binary.txt: is not text"));
    }

    @Test
    void aBrokenSourceHidesNoOtherAndIsTold() throws IOException {
        Files.writeString(home.jobs().resolve("wire.atom"), "<feed><entry>");
        Files.createDirectories(home.jobs().resolve("more"));
        Files.writeString(home.jobs().resolve("more").resolve("late.md"), "# Late\n\nAn edge device.\n");
        home.changeJob(
                TestHome.WEEKLY,
                "    folder: notes\n",
                "    folder: notes\n  - feed: wire.atom\n  - name: More\n    folder: more\n");
        home.post("one.md", "One");
        Collected collected = collect();
        assertThat(collected.kept()).isEqualTo(2);
        assertThat(collected.problems()).singleElement().asString().contains("wire.atom");
        assertThat(kept()).containsExactly("Late", "One");
    }

    @Test
    void aFeedThatNobodyServesIsTold() {
        home.changeJob(TestHome.WEEKLY, "folder: notes\n", "folder: notes\n  - feed: http://127.0.0.1:1/feed\n");
        home.post("one.md", "One");
        Collected collected = collect();
        assertThat(collected.kept()).isEqualTo(1);
        assertThat(collected.problems()).singleElement().asString().startsWith("http://127.0.0.1:1/feed: ");
    }

    @Test
    void aRunThatWasKilledDoesNotStopTheNext() {
        home.post("one.md", "One");
        try (Program.Session session = home.open()) {
            JobRepository repository = session.get(JobRepository.class);
            JobExecution killed = Killed.run(repository, CollectJob.NAME, Run.NEWSLETTER, TestHome.WEEKLY);
            assertThat(session.get(Runs.class).collect(TestHome.WEEKLY).kept()).isEqualTo(1);
            assertThat(repository.getJobExecution(killed.getId()))
                    .extracting(JobExecution::getStatus)
                    .isEqualTo(BatchStatus.FAILED);
            assertThat(repository.findRunningJobExecutions(CollectJob.NAME)).isEmpty();
        }
    }

    @Test
    void aJobThatIsWrongIsRefusedWithItsLine() {
        home.changeJob(TestHome.WEEKLY, "title: Weekly", "titel: Weekly");
        assertThatThrownBy(this::collect)
                .isInstanceOf(JobFileException.class)
                .hasMessageContaining("jobs/weekly.yaml:1: unknown key 'titel'");
    }
}
