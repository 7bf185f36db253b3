package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.ProcessHome;
import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Subscribers;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Soundness;
import io.courant.issue.IssueId;
import io.courant.lab.Step;
import io.courant.report.Account;
import io.courant.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator keeps, and gets back. */
class BackupCommandTest {
    private static final int SUBSCRIBERS = 40;

    @TempDir
    private Path folder;

    private ProcessHome processes;
    private TestHome home;
    private Shell shell;
    private Path file;
    private Path restored;

    @BeforeEach
    void open() throws IOException {
        processes = new ProcessHome(folder, SUBSCRIBERS);
        home = processes.home();
        shell = new Shell(home);
        file = folder.resolve("kept.zip");
        restored = folder.resolve("restored");
    }

    @AfterEach
    void close() {
        processes.close();
    }

    private Shell.Said there(String... arguments) {
        return shell.typed(Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "--home",
                                restored.toString(),
                                "--jobs",
                                home.jobs().toString(),
                                "--templates",
                                home.templates().toString()))
                .toArray(String[]::new));
    }

    @Test
    void aBackupIsMadeAlsoOnceSomebodyWasErased() {
        shell.courant("subscribers", "suppress", "gone@example.org").ending(ExitCode.DONE);
        shell.courant("subscribers", "erase", "gone@example.org", "--yes").ending(ExitCode.DONE);

        shell.courant("backup", file.toString()).ending(ExitCode.DONE);
        there("restore", file.toString()).ending(ExitCode.DONE);

        assertThat(restored.resolve("keys/erasure.salt")).isNotEmptyFile();
        if (TestDatabase.isSqlite()) {
            assertThat(restored.resolve("keys/erasure.salt"))
                    .hasSameBinaryContentAs(home.home().resolve("keys/erasure.salt"));
        }
    }

    @Test
    void aBackupThatIsMadeWhileMailGoesOutIsWholeAndSendsNothingUnasked() throws Exception {
        home.relay().always(Step.DOT, "delay 20ms");
        Process sending = processes.start("run", TestHome.WEEKLY, "--set", "delivery.claims=5");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> home.relay().taken().size() > 3);
        Shell.Said said = shell.courant("backup", file.toString()).ending(ExitCode.DONE);
        assertThat(said.out()).isEqualTo(file + ": 40 subscribers, 1 issue, 2 posts, 1 key, verified\n");
        assertThat(ProcessHome.ended(sending)).isEqualTo(ExitCode.DONE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        there("restore", file.toString()).ending(ExitCode.DONE);

        assertThat(restored.resolve("keys/1.key"))
                .hasSameBinaryContentAs(home.home().resolve("keys/1.key"));
        try (Stream<Path> files = Files.walk(restored)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(one -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                            .isEqualTo("rw-------"));
        }
        IssueId issue = processes.onlyIssue();
        try (Program.Session session = home.program().open(home.settings().at(restored))) {
            assertThat(session.get(Soundness.class).problems()).isEmpty();
            Account account = TestHome.account(session, issue);
            assertThat(account.isBalanced()).isTrue();
            assertThat(account.candidates()).isEqualTo(SUBSCRIBERS);
            assertThat(account.of(DeliveryState.ACCEPTED)).isLessThan(SUBSCRIBERS);
        }
        assertThat(there("send", issue.value()).ending(ExitCode.INVALID).err())
                .contains("was brought here from another folder or a backup");
        assertThat(home.relay().taken()).hasSize(SUBSCRIBERS);
        there("cancel", issue.value()).ending(ExitCode.DONE);
        there("instance", "confirm", "--yes").ending(ExitCode.DONE);
        there("run", TestHome.WEEKLY).ending(ExitCode.DONE);
    }

    @Test
    void nothingIsReplacedUnasked() throws IOException {
        TestDatabase.assumeSqlite("a backup is not restored to PostgreSQL, but moved there");
        shell.courant("backup", file.toString()).ending(ExitCode.DONE);
        assertThat(shell.courant("backup", file.toString())
                        .ending(ExitCode.FAILED)
                        .err())
                .contains(file + ": is there already", "--force");
        shell.courant("backup", file.toString(), "--force").ending(ExitCode.DONE);
        assertThat(shell.courant("restore", file.toString())
                        .ending(ExitCode.FAILED)
                        .err())
                .contains(home.home() + ": is not empty", "--to");
        assertThat(there("backup", folder.resolve("none.zip").toString())
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("there is no database");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(one -> one.getFileName().toString())).noneMatch(name -> name.startsWith(".courant-"));
        }
    }

    @Test
    void aDamagedOrForeignFileIsRefusedAndNothingIsLeftOfIt() throws IOException {
        shell.courant("backup", file.toString()).ending(ExitCode.DONE);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x55;
        Path damaged = Files.write(folder.resolve("damaged.zip"), bytes);
        assertThat(there("restore", damaged.toString()).ending(ExitCode.FAILED).err())
                .contains(damaged.toString());
        assertThat(restored).isEmptyDirectory();
        Path text = Files.writeString(folder.resolve("letter.txt"), "Dear aunt");
        assertThat(there("restore", text.toString()).ending(ExitCode.FAILED).err())
                .contains(text + ": is no backup of Courant");
        assertThat(restored).isEmptyDirectory();
    }

    @Test
    void whoLeftAfterTheBackupIsNotForgottenWhenNewerDataAreLeft() {
        TestDatabase.assumeSqlite("a backup is not restored to PostgreSQL, but moved there");
        shell.courant("backup", file.toString()).ending(ExitCode.DONE);
        shell.courant("subscribers", "suppress", "reader00001@example.org").ending(ExitCode.DONE);
        shell.courant("subscribers", "erase", "reader00002@example.org", "--yes")
                .ending(ExitCode.DONE);
        Shell.Said said = there(
                        "restore",
                        file.toString(),
                        "--json",
                        "--erasures-from",
                        home.home().toString())
                .ending(ExitCode.DONE);
        assertThat(said.json().get("erased").asInt()).isOne();
        assertThat(said.json().get("suppressed").asInt()).isOne();
        try (Program.Session session = home.program().open(home.settings().at(restored))) {
            EmailAddress erased = new EmailAddress("reader00002@example.org");
            assertThat(session.get(Subscribers.class).find(erased)).isEmpty();
            assertThat(session.get(Erasures.class).isErased(erased)).isTrue();
            assertThat(session.get(Erasures.class).traces(erased)).isEmpty();
            assertThat(session.get(Subscribers.class).suppression(new EmailAddress("reader00001@example.org")))
                    .isPresent();
        }
    }
}
