package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.lab.Step;
import io.courant.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else holds the database for longer than a run waits: a backup, an editor's database browser. */
@Tag("faults")
class LockedDatabaseTest {
    private static final int READERS = 150;

    @TempDir
    private Path folder;

    @Test
    void aRunThatFindsTheDatabaseLockedEndsAndTheNextGoesOn() throws IOException, InterruptedException, SQLException {
        TestDatabase.assumeSqlite("the file is locked");
        try (Trial trial = new Trial(folder, READERS)) {
            trial.relay().always(Step.DOT, "delay 10ms");
            CourantProcess process = trial.start(CourantProcess.Start.USUAL);
            trial.waitForMails(30);
            try (Connection other = DriverManager.getConnection(
                            "jdbc:sqlite:" + trial.home().database());
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
                assertThatItSaysWhy(process.ending(Trial.TRY_AGAIN));
                CourantProcess next = trial.start(CourantProcess.Start.USUAL);
                assertThatItSaysWhy(next.ending(Trial.TRY_AGAIN));
                statement.execute("rollback");
            }
            assertThat(trial.relay().taken()).hasSizeLessThan(READERS);
            trial.startToTheEnd(CourantProcess.Start.USUAL);
            assertThat(trial.auditOfAll().copies()).as("nobody got it twice").isEqualTo(READERS);
        }
    }

    private static void assertThatItSaysWhy(CourantProcess process) throws IOException {
        assertThat(process.err())
                .contains("the database failed ([SQLITE_BUSY]")
                .contains("another program holds it: end that, or try again later");
    }
}
