package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cli.Shell;
import io.courant.delivery.DeliveryState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings, subscribers and databases as they should not be. */
class BadInputTest {
    private static final int READERS = 30;

    @TempDir
    private Path folder;

    private Trial trial;

    @BeforeEach
    void open() throws IOException {
        trial = new Trial(folder, READERS);
    }

    @AfterEach
    void close() {
        trial.close();
    }

    private void sql(String statement) throws SQLException {
        try (Connection database = trial.home().connect();
                Statement change = database.createStatement()) {
            change.executeUpdate(statement);
        }
    }

    private void everybodyIsServedInTheEnd() {
        assertThat(trial.count(DeliveryState.READY)).isEqualTo(READERS);
        trial.runToTheEnd();
        assertThat(trial.auditOfAll().copies()).isEqualTo(READERS);
    }

    @Test
    void aRelayWhoseNameDoesNotResolveIsWorthAnotherTry() {
        assertThat(trial.run("--set", "relay.host=relay.invalid")
                        .ending(Trial.TRY_AGAIN)
                        .err())
                .contains("relay relay.invalid:" + trial.relay().port() + " is unknown: its name does not resolve")
                .contains("check relay.host")
                .doesNotContain("Exception");
        everybodyIsServedInTheEnd();
    }

    @Test
    void aPortWhereNobodyListensIsWorthAnotherTry() {
        assertThat(trial.run("--set", "relay.port=9").ending(Trial.TRY_AGAIN).err())
                .contains("relay 127.0.0.1:9 refuses connections", "relay.host and relay.port")
                .doesNotContain("Exception");
        everybodyIsServedInTheEnd();
    }

    @Test
    void whenEveryMessageIsTooLargeTheRunStopsAndSaysSoOnce() {
        trial.relay().offer("SIZE 1000", "8BITMIME");
        Shell.Said said = trial.run().ending(Trial.INVALID);
        assertThat(said.err()).containsOnlyOnce("the relay takes 1000").doesNotContain("Exception");
        assertThat(trial.relay().taken()).isEmpty();
        assertThat(trial.count(DeliveryState.READY)).as("nobody is marked").isEqualTo(READERS);
        trial.relay().offer("SIZE 10000000", "8BITMIME");
        trial.runToTheEnd();
        assertThat(trial.audit().copies()).isEqualTo(READERS);
    }

    @Test
    void anAddressThatWasBrokenInTheDatabaseIsRejectedAndHoldsNobodyUp() throws SQLException {
        sql("update subscriber set address = 'reader007' || char(10) || '@example.org'"
                + " where address = 'reader007@example.org'");
        trial.run().ending(Trial.DONE);
        assertThat(trial.relay().taken()).hasSize(READERS - 1);
        assertThat(trial.count(DeliveryState.REJECTED)).isEqualTo(1);
    }

    @Test
    void aDatabaseOfALaterVersionIsRefusedUntouched() throws SQLException {
        trial.run().ending(Trial.DONE);
        sql("insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success)"
                + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)");
        trial.home().post("two.md", "Two");
        assertThat(trial.run().ending(Trial.FAILED).err())
                .contains(trial.home().database() + ": not a database of this version of Courant")
                .contains("use the version that wrote it, or name another folder with --home")
                .doesNotContain("Exception");
        assertThat(trial.relay().taken()).hasSize(READERS);
    }

    @Test
    void whoIsSuppressedBetweenPlanAndSendGetsNothing() {
        trial.courant("collect", "weekly").ending(Trial.DONE);
        trial.courant("compose", "weekly").ending(Trial.DONE);
        trial.courant("subscribers", "suppress", "reader007@example.org").ending(Trial.DONE);
        trial.courant("send", trial.issue().value()).ending(Trial.DONE);
        assertThat(trial.count(DeliveryState.CANCELLED)).isEqualTo(1);
        assertThat(trial.audit().copies()).isEqualTo(READERS - 1);
        assertThat(trial.relay().copies()).doesNotContainKey("reader007@example.org");
    }
}
