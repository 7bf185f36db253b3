package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.consent.Limits;
import io.courant.consent.Origin;
import io.courant.consent.Request;
import io.courant.consent.Requests;
import io.courant.store.EachDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class StatusCommandTest {
    private static final Limits ONE_PER_BLOCK = new Limits(1, 3, Duration.ofHours(1));

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void editorsSeeForADayThatSignUpsWentBeyondALimit() {
        signUps("192.0.2.1", 1);
        assertThat(shell.courant("status").ending(ExitCode.DONE).err()).doesNotContain("turned away");
        signUps("192.0.2.1", 40);
        signUps("192.0.3.1", 1);
        signUps("192.0.4.1", 1);
        signUps("192.0.5.1", 2);

        assertThat(shell.courant("status").ending(ExitCode.DONE).err())
                .contains("weekly: in the last 24 h, 42 requests to sign up or to change the address were turned away:"
                        + " 40 over the limit of one network, 2 over the limit of all networks together;");
        Shell.Said json = shell.courant("status", "--json").ending(ExitCode.DONE);
        assertThat(json.json().isArray()).isTrue();
        assertThat(json.err()).contains("42 requests");

        home.advance(Duration.ofDays(1));
        assertThat(shell.courant("status").ending(ExitCode.DONE).err()).doesNotContain("turned away");
    }

    private void signUps(String client, int times) {
        home.with(session -> {
            for (int i = 0; i < times; i++) {
                session.get(Requests.class)
                        .add(
                                new Request(
                                        Request.Kind.SIGN_UP,
                                        TestHome.WEEKLY,
                                        new EmailAddress("ada@example.org"),
                                        null,
                                        null,
                                        "Yes.",
                                        new Origin(client),
                                        home.now()),
                                ONE_PER_BLOCK);
            }
        });
    }
}
