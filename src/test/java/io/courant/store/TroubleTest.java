package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.upkeep.DatabaseAccident;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionSystemException;

class TroubleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            08006 | true  | cannot be reached            | see that the server runs
            57P01 | true  | cannot be reached            | see that the server runs
            57P03 | true  | takes no connections yet     | try again in a moment
            53300 | true  | has no connection left       | max_connections
            25006 | true  | takes no changes             | standby
            55P03 | true  | failed                       | another program holds it
            40001 | true  | failed                       | another program holds it
            53100 | false | failed                       | room on the disk of its server
            28P01 | false | refuses the login            | COURANT_DATABASE_PASSWORD
            08004 | false | refuses the login            | COURANT_DATABASE_PASSWORD
            3D000 | false | is not there                 | createdb
            42501 | false | does not permit this         | own it
            XX001 | false | failed                       | the log of its server
            """)
    void eachStateOfAServerHasWordsOfItsOwn(String state, boolean mayPass, String predicate, String advice) {
        DatabaseAccident accident =
                Trouble.of(new SQLException("as it says", state)).accident("as it says");
        assertThat(accident.words())
                .startsWith(predicate)
                .contains("(as it says); ")
                .contains(advice);
        assertThat(accident.mayPass()).isEqualTo(mayPass);
    }

    @Test
    void whatTheServerSaidCountsUnderWhatThePoolSays() {
        SQLException said = new SQLException("FATAL: sorry, too many clients already", "53300");
        assertThat(Trouble.in(new CannotGetJdbcConnectionException(
                        "no connection", new SQLTransientConnectionException("timed out", "08001", said))))
                .map(accident -> accident.message("db"))
                .hasValueSatisfying(words -> assertThat(words)
                        .startsWith("db: the database has no connection left for us (FATAL: sorry, too many clients"));
    }

    @Test
    void aRollbackThatFailsTooDoesNotHideWhatWentWrong() {
        TransactionSystemException twofold =
                new TransactionSystemException("no rollback", new SQLException("connection is closed", "08003"));
        twofold.initApplicationException(new DataAccessResourceFailureException(
                "not written", new SQLException("could not extend file", "53100")));
        assertThat(Trouble.in(twofold))
                .map(DatabaseAccident::words)
                .hasValueSatisfying(words -> assertThat(words).contains("could not extend file", "make room"));
    }

    @Test
    void whatIsNoDatabasesIsNone() {
        assertThat(Trouble.in(new IllegalStateException(new SQLException("x", "53100"))))
                .isEmpty();
    }
}
