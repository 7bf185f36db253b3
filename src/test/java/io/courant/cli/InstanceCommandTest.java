package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.ProcessHome;
import io.courant.TestHome;
import io.courant.consent.DoubleOptIn;
import io.courant.consent.Origin;
import io.courant.consent.Outbox;
import io.courant.delivery.DeliveryState;
import io.courant.issue.IssueId;
import io.courant.job.JobFolder;
import io.courant.lab.Step;
import io.courant.store.EachDatabase;
import io.courant.store.TestDatabase;
import io.courant.upkeep.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A copy or an old backup sends nothing by itself, in processes as cron starts them. */
@EachDatabase
class InstanceCommandTest {
    private static final String[] RUN = {"run", TestHome.WEEKLY};
    private static final int SUBSCRIBERS = 30;

    @TempDir
    private Path folder;

    private ProcessHome processes;
    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        processes = new ProcessHome(folder, SUBSCRIBERS);
        home = processes.home();
        shell = new Shell(home);
    }

    @AfterEach
    void close() {
        processes.close();
    }

    private static void copyDatabase(Path from, Path to) throws SQLException, IOException {
        Files.createDirectories(to.getParent());
        Files.deleteIfExists(to);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + from);
                Statement copy = connection.createStatement()) {
            copy.execute("vacuum into '" + to + "'");
        }
    }

    private int ended(String... arguments) throws IOException, InterruptedException {
        return ProcessHome.ended(processes.start(arguments));
    }

    private int mails() {
        return home.relay().taken().size();
    }

    @Test
    void aDatabaseCopiedToAnotherFolderSendsNothingBeforeSomebodyConfirmsIt() throws Exception {
        TestDatabase.assumeSqlite("the file is copied");
        Path other = folder.resolve("other");
        shell.courant("compose", TestHome.WEEKLY); // nothing is collected yet, but the mark is there
        copyDatabase(home.database(), other.resolve("courant.db"));
        FileSystemUtils.copyRecursively(home.home().resolve("keys"), other.resolve("keys"));
        String[] runThere = {"run", TestHome.WEEKLY, "--home", other.toString()};

        assertThat(ended(runThere)).isEqualTo(ExitCode.INVALID);

        assertThat(processes.said("err"))
                .isEqualTo(
                        other + ": nothing is sent from here until somebody confirms it: its database was brought here"
                                + " from another folder or a backup (courant.instance is missing); look at what would be"
                                + " sent ('courant instance'), and when no other copy sends any more, confirm it ('courant instance"
                                + " confirm', or an owner at the desk)\n");
        assertThat(processes.said("out")).isEmpty();
        assertThat(mails()).isZero();
        assertThat(ended("compose", TestHome.WEEKLY, "--home", other.toString()))
                .as("what sends nothing goes on")
                .isEqualTo(ExitCode.DONE);
        assertThat(processes.said("err")).startsWith(other + ": nothing is sent from here");
        assertThat(ended("instance", "confirm", "--home", other.toString()))
                .as("there is no terminal to ask")
                .isEqualTo(ExitCode.USAGE);
        assertThat(ended("instance", "confirm", "--yes", "--home", other.toString()))
                .isEqualTo(ExitCode.DONE);
        assertThat(ended(runThere)).as(processes.said("err")).isEqualTo(ExitCode.DONE);
        assertThat(mails()).isEqualTo(SUBSCRIBERS);

        copyDatabase(other.resolve("courant.db"), home.database());
        assertThat(ended(RUN)).as("it belongs elsewhere now").isEqualTo(ExitCode.INVALID);
        assertThat(processes.said("err")).contains("belongs to another folder");
        assertThat(mails()).isEqualTo(SUBSCRIBERS);
    }

    @Test
    void anOlderDatabaseInTheSameFolderSendsNothingThoughItWasTakenWhileMailWentOut() throws Exception {
        TestDatabase.assumeSqlite("the file is copied");
        Path kept = folder.resolve("kept.db");
        home.relay().always(Step.DOT, "delay 30ms");
        Process first = processes.start("run", TestHome.WEEKLY, "--set", "delivery.claims=5");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> mails() > 3);
        copyDatabase(home.database(), kept);
        assertThat(ProcessHome.ended(first)).isEqualTo(ExitCode.DONE);
        Files.copy(kept, home.database(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(ended(RUN)).isEqualTo(ExitCode.INVALID);
        assertThat(processes.said("err"))
                .contains("is older than the one that was here")
                .hasLineCount(1);
        IssueId issue = processes.onlyIssue();
        assertThat(ended("send", issue.value())).isEqualTo(ExitCode.INVALID);
        assertThat(mails()).isEqualTo(SUBSCRIBERS);

        Shell.Said standing = shell.courant("instance", "--json").ending(ExitCode.DONE);
        assertThat(standing.json().get("mayBeSent").asBoolean()).isFalse();
        assertThat(standing.json().get("doubt").asString()).isEqualTo("older");
        assertThat(standing.json().get("unfinished").get(0).get("issue").asString())
                .isEqualTo(issue.value());
        shell.courant("cancel", issue.value()).ending(ExitCode.DONE);
        shell.courant("instance", "confirm", "--yes").ending(ExitCode.DONE);
        assertThat(shell.courant("instance").ending(ExitCode.DONE).out())
                .isEqualTo(home.home() + ": mail may go out from here\n");
        home.in(session -> session.get(Instance.class).doubt()).ifPresent(doubt -> {
            throw new AssertionError(doubt.words());
        });
    }

    @Test
    void aFolderThatWasCopiedOrMovedAsksToo() throws Exception {
        TestDatabase.assumeSqlite("the file is copied");
        home.in(session -> TestHome.account(session, new IssueId(composed())).of(DeliveryState.READY));
        Path copy = folder.resolve("copy");
        copyAsItIs(home.home(), copy);
        assertThat(ended("run", TestHome.WEEKLY, "--home", copy.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(processes.said("err")).contains("the folder was copied or moved here");
        Path moved = folder.resolve("moved");
        Files.move(home.home(), moved);
        assertThat(ended("run", TestHome.WEEKLY, "--home", moved.toString())).isEqualTo(ExitCode.INVALID);
        Files.move(moved, home.home());
        assertThat(ended(RUN)).as("back where it was").isEqualTo(ExitCode.DONE);
        Path anew = folder.resolve("anew"); // beside the old one: a file system may give numbers again that are free
        copyAsItIs(copy, anew);
        FileSystemUtils.deleteRecursively(home.home());
        Files.move(anew, home.home());
        assertThat(ended(RUN))
                .as("the same path, but files that were made anew")
                .isEqualTo(ExitCode.INVALID);
        assertThat(mails()).isEqualTo(SUBSCRIBERS);
    }

    private String composed() {
        shell.courant("collect", TestHome.WEEKLY).ending(ExitCode.DONE);
        return shell.courant("compose", TestHome.WEEKLY, "--json")
                .ending(ExitCode.DONE)
                .json()
                .get("issue")
                .asString();
    }

    private static void copyAsItIs(Path from, Path to) throws IOException {
        FileSystemUtils.copyRecursively(from, to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void whoOnlyLooksIsWarnedInOneLineAndNotEvenATestGoesOut() throws Exception {
        String issue = composed();
        home.becomeACopy();
        Shell.Said status = shell.courant("status", "--json").ending(ExitCode.DONE);
        assertThat(status.err()).contains("nothing is sent from here").hasLineCount(1);
        assertThat(status.json().isArray()).isTrue();
        for (String[] test : new String[][] {
            {"send", issue, "--test", "editor@example.org"},
            {"preview", TestHome.WEEKLY, "--out", folder.resolve("preview").toString(), "--test", "editor@example.org"}
        }) {
            assertThat(shell.courant(test).ending(ExitCode.INVALID).err())
                    .contains("nothing is sent from here until")
                    .hasLineCount(1);
        }
        assertThat(home.relay().taken()).isEmpty();
        assertThat(shell.courant("run", TestHome.WEEKLY, "--dry-run")
                        .ending(ExitCode.DONE)
                        .err())
                .doesNotContain("nothing is sent from here until");
    }

    @Test
    void mailsThatAskForAConfirmationWaitToo() throws IOException {
        home.with(session -> session.get(DoubleOptIn.class)
                .request(
                        session.get(JobFolder.class).load(TestHome.WEEKLY).newsletter(),
                        "new@example.org",
                        null,
                        new Origin("192.0.2.1")));
        home.becomeACopy();
        home.with(session -> assertThat(session.get(Outbox.class).sendDue()).isZero());
        shell.courant("instance", "confirm", "--yes").ending(ExitCode.DONE);
        home.with(session -> assertThat(session.get(Outbox.class).sendDue()).isOne());
    }

    @Test
    void theMarkOutsideIsForItsOwnerOnlyAndFollowsWhoeverLeaves() throws IOException {
        TestDatabase.assumeSqlite("the mark stands beside the file");
        shell.courant("status").ending(ExitCode.DONE);
        Path mark = home.home().resolve("courant.instance");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mark)))
                .isEqualTo("rw-------");
        String before = text(mark);
        shell.courant("subscribers", "suppress", "reader00001@example.org").ending(ExitCode.DONE);
        shell.courant("instance").ending(ExitCode.DONE);
        assertThat(text(mark)).isGreaterThan(before);
        Files.writeString(mark, "torn");
        assertThat(shell.courant("instance").ending(ExitCode.DONE).out()).contains("belongs to another folder");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
