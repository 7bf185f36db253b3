package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.upkeep.DatabaseAddress;
import io.courant.upkeep.Doubt;
import io.courant.upkeep.Instance;
import io.courant.upkeep.UnconfirmedInstance;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class ServerInstanceTest {
    @TempDir
    private Path home;

    private PostgresDatabase database;

    @BeforeEach
    void open() {
        DatabaseAddress address = TestPostgres.of(home);
        database = PostgresDatabase.at(home, address);
        instance(database).requireConfirmed();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Instance instance(PostgresDatabase database) {
        return database.instance(
                JdbcClient.create(database.writer()),
                JdbcClient.create(database.reader()),
                new TransactionTemplate(database.transactions()));
    }

    private void run(String statement) {
        JdbcClient.create(database.writer()).sql(statement).update();
    }

    @Test
    void anotherFolderOfTheSameDatabaseMaySend(@TempDir Path other) {
        try (PostgresDatabase there = PostgresDatabase.at(other, TestPostgres.of(home))) {
            assertThat(instance(there).doubt()).isEmpty();
        }
    }

    /** As an older server, a clone, or a dump that was read in would have it. */
    @ParameterizedTest
    @CsvSource({
        "update instance set place = '1' || place, CLONED",
        "create table dumped as select * from instance; drop table instance; alter table dumped rename to instance;"
                + " alter table instance add primary key (only_row), CLONED",
        "update instance set timeline = '00000000', REWOUND"
    })
    void whatIsNotWhereItWasConfirmedMustNotSendUntilItIsAgain(String statement, Doubt.Kind kind) {
        run(statement);
        assertThat(instance(database).doubt()).map(Doubt::kind).contains(kind);
        assertThatThrownBy(() -> instance(database).requireConfirmed())
                .isInstanceOf(UnconfirmedInstance.class)
                .hasMessageContaining("courant instance confirm");

        instance(database).confirm();

        assertThat(instance(database).doubt()).isEmpty();
    }

    @Test
    void aCopyByTheServerItselfIsKnown() {
        DatabaseAddress copy =
                TestPostgres.empty("courant_copy_" + ProcessHandle.current().pid());
        PostgresDatabase.at(home, copy).close();
        String source = copy.url().replaceFirst(".*/([^/?]*).*", "$1");
        DatabaseAddress of = TestPostgres.copy(source, source + "_2");
        try (PostgresDatabase there = PostgresDatabase.at(home, of)) {
            assertThat(instance(there).doubt()).map(Doubt::kind).contains(Doubt.Kind.CLONED);
        }
    }

    @Test
    void mailThatGoesOutMovesNothingOn() {
        String before = row();
        database.advanced(database.advance(JdbcClient.create(database.writer())));
        assertThat(row()).isEqualTo(before);
    }

    private String row() {
        return JdbcClient.create(database.reader())
                .sql("select concat_ws(' ', xmin, place, timeline) from instance")
                .query(String.class)
                .single();
    }
}
