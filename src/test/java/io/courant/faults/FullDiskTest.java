package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.DeliveryState;
import io.courant.lab.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The home folder on a disk of its own, which fills up while mail flows. */
@Tag("faults")
class FullDiskTest {
    private static final int READERS = 300;

    @TempDir
    private Path folder;

    private Trial trial;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        Tools.needRoot();
        Tools.need("mount", "umount");
        Files.createDirectory(disk());
        Tools.tryOut("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk().toString());
        trial = new Trial(folder, READERS);
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        if (trial != null) {
            trial.close();
            Tools.run("umount", "--lazy", disk().toString());
        }
    }

    private Path disk() {
        return folder.resolve("home");
    }

    private Path filler() {
        return disk().resolve("filler");
    }

    private void fill() throws IOException {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(page);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @Test
    void whatTheRelayTookIsKeptAsideAndNobodyGetsItTwice() throws IOException, InterruptedException {
        trial.relay().always(Step.DOT, "delay 10ms");
        CourantProcess process = trial.start(CourantProcess.Start.USUAL);
        trial.waitForMails(40);
        fill();
        process.ending(Trial.FAILED);
        assertThat(process.err())
                .contains("nothing is lost; 'courant run weekly' goes on")
                .contains(disk() + ": the database failed ([SQLITE_FULL]", "make room on the disk, then try again")
                .doesNotContain("Exception");
        int taken = trial.relay().taken().size();
        assertThat(taken).isLessThan(READERS);
        CourantProcess stillFull = trial.start(CourantProcess.Start.USUAL);
        stillFull.ending(Trial.FAILED);
        assertThat(stillFull.err()).contains(disk().toString(), "make room on the disk, then try again");
        assertThat(trial.relay().taken())
                .as("nothing is sent that could not be written down")
                .hasSize(taken);
        Files.delete(filler());
        trial.startToTheEnd(CourantProcess.Start.USUAL);
        assertThat(trial.auditOfAll().copies()).as("nobody got it twice").isEqualTo(READERS);
        assertThat(trial.count(DeliveryState.IN_DOUBT)).isZero();
    }
}
