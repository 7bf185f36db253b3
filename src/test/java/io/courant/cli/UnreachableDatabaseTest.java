package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.ProcessHome;
import io.courant.TestHome;
import io.courant.lab.Step;
import io.courant.store.EachDatabase;
import io.courant.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is not there, knows nobody of that name, or ends while mail goes out. */
@EachDatabase(TestDatabase.POSTGRES)
@Timeout(120)
class UnreachableDatabaseTest {
    private static final int SUBSCRIBERS = 300;

    @TempDir
    private Path folder;

    private Shell.Said courant(TestHome home, String url, String... command) throws IOException {
        Path settings = Files.writeString(folder.resolve("other.yaml"), "database: {url: '" + url + "'}\n");
        String[] line = Arrays.copyOf(command, command.length + 2);
        line[command.length] = "--config";
        line[command.length + 1] = settings.toString();
        return new Shell(home).courant(line);
    }

    @Test
    void nobodyThereIsWorthAnotherTry() throws IOException {
        try (TestHome home = new TestHome(folder)) {
            String nobody = "jdbc:postgresql://127.0.0.1:1/courant?password=secret";
            for (String command :
                    new String[] {"run weekly", "run --all", "status", "instance", "subscribers export"}) {
                Shell.Said said = courant(home, nobody, command.split(" ", -1));
                assertThat(said.ending(ExitCode.TRY_AGAIN).err())
                        .as(command)
                        .contains(
                                "jdbc:postgresql://127.0.0.1:1/courant: cannot be reached (",
                                "see that the server runs")
                        .doesNotContain("secret")
                        .hasLineCount(1);
            }
            assertThat(courant(home, nobody, "check").ending(ExitCode.DONE).err())
                    .contains("what readers chose is not looked at: ", "all well");
            assertThat(courant(home, nobody, "doctor", "--offline")
                            .ending(ExitCode.FAILED)
                            .out())
                    .contains("wrong    data ", "cannot be reached");
        }
    }

    @Test
    void aServerThatKnowsNoSuchDatabaseNeedsOtherSettings() throws IOException {
        try (TestHome home = new TestHome(folder)) {
            String url = home.address().orElseThrow().url().replaceFirst("/courant_[^?]*", "/nowhere");
            assertThat(courant(home, url, "run", "weekly")
                            .ending(ExitCode.INVALID)
                            .err())
                    .contains("/nowhere: is not there (", "\"nowhere\" does not exist", "createdb", "COURANT_DATABASE");
        }
    }

    @Test
    void aServerThatGivesNoConnectionSaysWhyAndWhatToDo() throws IOException, SQLException {
        String guest = "courant_guest_" + ProcessHandle.current().pid();
        try (TestHome home = new TestHome(folder);
                Connection connection = home.connect();
                Statement owner = connection.createStatement()) {
            String database = connection.getCatalog();
            String url = home.address().orElseThrow().url().replaceFirst("([?&]user=)[^&]*", "$1" + guest);
            assertThat(courant(home, url, "run", "weekly")
                            .ending(ExitCode.INVALID)
                            .err())
                    .contains("refuses the login (", guest, "COURANT_DATABASE_USER");

            owner.execute("create role " + guest + " login connection limit 0");
            assertThat(courant(home, url, "run", "weekly")
                            .ending(ExitCode.TRY_AGAIN)
                            .err())
                    .contains("has no connection left for us (", "end other programs", "max_connections");

            owner.execute("alter role " + guest + " connection limit -1");
            assertThat(courant(home, url, "run", "weekly")
                            .ending(ExitCode.INVALID)
                            .err())
                    .as("tables of somebody else")
                    .contains("does not permit this (", "alter database", "COURANT_DATABASE_USER");

            owner.execute("revoke connect on database " + database + " from public");
            assertThat(courant(home, url, "run", "weekly")
                            .ending(ExitCode.INVALID)
                            .err())
                    .contains("does not permit this (", "permission denied for database", "alter database");
            owner.execute("drop role " + guest);
        }
    }

    @Test
    void aServerThatOnlyReadsIsWorthAnotherTry() throws IOException, SQLException {
        try (TestHome home = new TestHome(folder);
                Connection connection = home.connect();
                Statement owner = connection.createStatement()) {
            String url = home.address().orElseThrow().url();
            owner.execute("alter database " + connection.getCatalog() + " set default_transaction_read_only = on");
            assertThat(courant(home, url, "run", "weekly")
                            .ending(ExitCode.TRY_AGAIN)
                            .err())
                    .contains("takes no changes (", "standby, or set to read only", "try again");
            owner.execute("alter database " + connection.getCatalog() + " reset default_transaction_read_only");

            // as a standby answers
            owner.execute("create function public.pg_is_in_recovery() returns boolean language sql as 'select true'");
            owner.execute("alter database " + connection.getCatalog() + " set search_path = public, pg_catalog");
            assertThat(courant(home, url, "status").ending(ExitCode.TRY_AGAIN).err())
                    .contains("takes no changes (", "follows another", "standby", "try again");
        }
    }

    @Test
    void aServerWhoseDiskIsFullNeedsRoom() throws IOException, SQLException {
        try (TestHome home = new TestHome(folder);
                Connection connection = home.connect();
                Statement owner = connection.createStatement()) {
            owner.execute("""
                    create function no_room() returns trigger language plpgsql as $$
                    begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$
                    """);
            owner.execute("create trigger no_room before insert on source execute function no_room()");
            assertThat(courant(home, home.address().orElseThrow().url(), "run", "weekly")
                            .ending(ExitCode.FAILED)
                            .err())
                    .contains("the database failed (", "No space left", "make room on the disk of its server");
        }
    }

    @Test
    void aRunThatLosesItsConnectionsEndsAndTheNextGoesOn() throws IOException, InterruptedException, SQLException {
        try (ProcessHome processes = new ProcessHome(folder, SUBSCRIBERS)) {
            TestHome home = processes.home();
            home.relay().always(Step.DOT, "delay 10ms");
            Process run = processes.start("run", TestHome.WEEKLY, "--set", "delivery.claims=20");
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> home.relay().taken().size() > 50);
            try (Connection other = home.connect();
                    Statement end = other.createStatement()) {
                while (run.isAlive()) {
                    end.execute("""
                            select pg_terminate_backend(pid) from pg_stat_activity
                            where datname = current_database() and pid <> pg_backend_pid()
                            """);
                    Thread.sleep(20);
                }
            }
            assertThat(ProcessHome.ended(run)).as(processes.said("err")).isEqualTo(ExitCode.TRY_AGAIN);
            assertThat(processes.said("err")).contains("the database cannot be reached (", "see that the server runs");
            home.relay().always(Step.DOT, "delay 0ms");
            processes.runToTheEnd(
                    "run", TestHome.WEEKLY, "--set", "delivery.in-doubt-after=1s", "--set", "delivery.retry=1s");
            processes.everybodyGotItAndEverySecondCopyIsExplained();
        }
    }
}
