package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that says no while mail flows: system calls are made to fail from outside. */
@Tag("faults")
class FailingDiskTest {
    private static final int READERS = 300;

    @TempDir
    private Path folder;

    private Trial trial;
    private final List<Process> tracers = new ArrayList<>();

    @BeforeEach
    void open() throws IOException, InterruptedException {
        Tools.need("strace");
        Tools.tryOut("strace", "-o", "/dev/null", "true");
        trial = new Trial(folder, READERS);
        trial.relay().always(Step.DOT, "delay 10ms");
    }

    @AfterEach
    void close() {
        tracers.forEach(Process::destroyForcibly);
        if (trial != null) {
            trial.close();
        }
    }

    /** From now on these system calls fail, as often as they are made. */
    private Path fail(CourantProcess process, String calls, String error, String... more) throws IOException {
        Path log = folder.resolve("strace.log");
        List<String> command = new ArrayList<>(List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                log.toString(),
                "-p",
                String.valueOf(process.pid()),
                "-e",
                "trace=" + calls));
        command.addAll(List.of("-e", "inject=" + calls + ":error=" + error));
        command.addAll(List.of(more));
        tracers.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
        return log;
    }

    private static void assertThatItFailed(Path log) throws IOException {
        assertThat(log).content().contains("(INJECTED)");
    }

    @Test
    void whatCannotBeMadeDurableIsNotTakenAsWritten() throws IOException, InterruptedException {
        CourantProcess process = trial.start(CourantProcess.Start.USUAL);
        trial.waitForMails(30);
        Path log = fail(process, "fsync,fdatasync", "EIO");
        process.ending(Trial.FAILED);
        assertThatItFailed(log);
        assertThat(process.err())
                .contains("the database failed (", "[SQLITE_IOERR_", "see to the disk")
                .doesNotContain("Exception");
        assertThat(trial.relay().taken()).hasSizeLessThan(READERS);
        trial.startToTheEnd(CourantProcess.Start.USUAL);
        trial.auditOfAll();
    }

    @Test
    void whatTheDatabaseHasNoRoomForIsKeptAside() throws IOException, InterruptedException {
        CourantProcess process = trial.start(CourantProcess.Start.USUAL);
        trial.waitForMails(30);
        Path log = fail(process, "pwrite64,write", "ENOSPC", "-P", trial.home().database() + "-wal");
        process.ending(Trial.FAILED);
        assertThatItFailed(log);
        assertThat(process.err())
                .contains("the database failed (", "[SQLITE_FULL]", "make room on the disk")
                .doesNotContain("Exception");
        assertThat(trial.relay().taken()).hasSizeLessThan(READERS);
        trial.startToTheEnd(CourantProcess.Start.USUAL);
        assertThat(trial.auditOfAll().copies()).as("nobody got it twice").isEqualTo(READERS);
    }

    @Test
    void whenNothingCanBeWrittenAnyMoreNobodyIsLost() throws IOException, InterruptedException {
        CourantProcess process = trial.start(CourantProcess.Start.USUAL);
        trial.waitForMails(30);
        Path log = fail(process, "pwrite64", "ENOSPC");
        process.ending(Trial.FAILED);
        assertThatItFailed(log);
        assertThat(process.err())
                .contains("the database failed (", "[SQLITE_FULL]", "make room on the disk")
                .doesNotContain("Exception");
        trial.startToTheEnd(CourantProcess.Start.USUAL);
        trial.auditOfAll();
    }
}
