package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.job.HomeLock;
import io.courant.store.EachDatabase;
import io.courant.store.TestDatabase;
import io.courant.store.TestPostgres;
import io.courant.upkeep.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told who moves to PostgreSQL. */
@EachDatabase(TestDatabase.SQLITE) // what is copied or moved is the file
class MigrateCommandTest {
    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;
    private String target;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        target = TestPostgres.of(folder).url();
        home.subscribe("ada@example.org", "bob@example.org", "eve@example.org");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Shell.Said migrate(String... more) {
        String[] line = new String[more.length + 3];
        line[0] = "migrate";
        line[1] = "--to";
        line[2] = target;
        System.arraycopy(more, 0, line, 3, more.length);
        return shell.courant(line);
    }

    @Test
    void allIsThereAndTheFileSendsNothingAnyMore() {
        Shell.Said said = migrate().ending(ExitCode.DONE);
        String address = target.replaceFirst("\\?.*", "");
        assertThat(said.out()).matches("\\Q" + address + "\\E: 3 rows in \\d\\d tables, each compared\n");
        assertThat(said.err())
                .contains("subscriber: 3 copied\n", "subscriber: 3 compared\n")
                .contains("database: {url: " + address + "}", "COURANT_DATABASE")
                .contains(home.database() + " stays as it was and sends nothing any more")
                .doesNotContain("suppression");

        assertThat(shell.courant("instance").ending(ExitCode.DONE).out())
                .contains("was moved to a PostgreSQL database ('courant migrate')");
        assertThat(shell.courant("instance", "--json")
                        .ending(ExitCode.DONE)
                        .json()
                        .get("doubt")
                        .asString())
                .isEqualTo("left");
        home.post("one.md", "One");
        shell.courant("run", TestHome.WEEKLY).ending(ExitCode.INVALID);
        assertThat(home.relay().taken()).isEmpty();
        shell.courant("instance", "confirm", "--yes").ending(ExitCode.DONE);
        shell.courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
    }

    @Test
    void fromThereOnTheDatabaseIsInUseAndComesBackFromABackup() throws IOException {
        home.post("one.md", "One");
        migrate().ending(ExitCode.DONE);
        String config = Files.writeString(folder.resolve("courant.yaml"), "database:\n  url: " + target + "\n")
                .toString();
        shell.courant("run", TestHome.WEEKLY, "--dry-run", "--config", config).ending(ExitCode.DONE);
        assertThat(home.relay().taken()).isEmpty();
        shell.courant("subscribers", "suppress", "bob@example.org", "--config", config)
                .ending(ExitCode.DONE);
        assertThat(shell.courant("instance", "--config", config)
                        .ending(ExitCode.DONE)
                        .out())
                .contains("mail may go out");
        Path file = folder.resolve("kept.zip");

        assertThat(shell.courant("backup", file.toString(), "--config", config)
                        .ending(ExitCode.DONE)
                        .out())
                .contains("3 subscribers");

        String[] restore = {
            "restore", file.toString(), "--home", folder.resolve("new").toString(), "--config", config
        };
        assertThat(shell.typed(restore).ending(ExitCode.FAILED).err())
                .contains("is restored to a folder, not to jdbc:postgresql:", "--to", "courant migrate");
        restore[2] = "--to";
        shell.typed(restore).ending(ExitCode.DONE);
        target = TestPostgres.of(folder.resolve("third")).url();
        Shell.Said said = shell.typed(
                        "migrate",
                        "--home",
                        folder.resolve("new").toString(),
                        "--to",
                        target,
                        "--config",
                        config,
                        "--yes")
                .ending(ExitCode.DONE);
        assertThat(said.err()).contains("subscriber: 3 compared", "suppression: 1 compared");
    }

    @Test
    void scriptsReadHowManyRowsThereAre() {
        Shell.Said said = migrate("--json", "-q").ending(ExitCode.DONE);
        assertThat(said.json().get("rows").get("subscriber").asInt()).isEqualTo(3);
        assertThat(said.json().get("home").asString()).isEqualTo(home.home().toString());
        assertThat(said.err()).isEmpty();
    }

    @Test
    void whatMayBeACopyIsMovedOnlyWhenSomebodySaysSo() {
        migrate().ending(ExitCode.DONE);
        target = TestPostgres.of(folder.resolve("second")).url();
        assertThat(migrate().ending(ExitCode.USAGE).err())
                .contains("was moved to a PostgreSQL database", "mail goes out from what it holds", "--yes");
        migrate("--yes").ending(ExitCode.DONE);
    }

    @Test
    void aDatabaseWithRowsIsRefused() {
        migrate().ending(ExitCode.DONE);
        home.with(session -> session.get(Instance.class).confirm());
        assertThat(migrate().ending(ExitCode.FAILED).err())
                .contains(
                        "is not empty, there are rows in subscriber, and nothing is replaced; name an empty database");
        home.with(session -> assertThat(session.get(Instance.class).doubt()).isEmpty());
    }

    @Test
    void whoSaysSomethingWrongIsToldWhat() {
        assertThat(shell.courant("migrate").ending(ExitCode.USAGE).err()).contains("--to");
        target = "jdbc:mysql://localhost/courant";
        assertThat(migrate().ending(ExitCode.INVALID).err())
                .contains("--to: expected an address such as jdbc:postgresql:");
        target = "jdbc:postgresql://127.0.0.1:1/courant";
        assertThat(migrate().ending(ExitCode.TRY_AGAIN).err()).contains("127.0.0.1:1/courant: cannot be reached");
        home.with(session -> assertThat(session.get(Instance.class).doubt()).isEmpty());
    }

    @Test
    void whileSomebodySendsNothingIsMoved() {
        try (HomeLock lock = HomeLock.take(home.home(), "sending weekly")) {
            assertThat(lock).isNotNull();
            assertThat(migrate().ending(ExitCode.TRY_AGAIN).err()).contains("sending weekly");
        }
        migrate().ending(ExitCode.DONE);
    }

    @Test
    void whereThereIsNoDatabaseNoneIsMade() {
        Path other = folder.resolve("other");
        assertThat(shell.typed("migrate", "--to", target, "--home", other.toString())
                        .ending(ExitCode.FAILED)
                        .err())
                .contains(other + ": there is no courant.db to move");
        assertThat(Files.exists(other.resolve("courant.db"))).isFalse();
    }
}
