package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.lab.Taken;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryCommandTest {
    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.post("one.md", "One");
        home.subscribe("ada@example.org", "bob@example.org", "cy@example.org");
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void whatWasRefusedGoesOutOnceMoreAndOnceOnly() {
        home.relay().onRecipient("bob@example.org", "550 5.7.1 not from you");
        home.relay().onRecipient("bob@example.org", "250 2.1.5 ok");
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        shell.courant("send", "weekly").ending(ExitCode.USAGE);
        assertThat(shell.courant("retry", "weekly").ending(ExitCode.DONE).out())
                .isEqualToIgnoringNewLines("weekly-2026-11-23: 1 ready again");
        shell.courant("send", "weekly").ending(ExitCode.DONE);
        shell.courant("send", "weekly").ending(ExitCode.USAGE);
        assertThat(home.relay().taken())
                .extracting(Taken::recipient)
                .containsExactlyInAnyOrder("ada@example.org", "bob@example.org", "cy@example.org");
        assertThat(shell.courant("retry", "weekly").ending(ExitCode.DONE).err()).contains("nothing was refused");
        assertThat(shell.courant("audit", "--limit", "9").out()).contains("retry");
    }

    @Test
    void whatIsNoFailureIsMisuse() {
        shell.courant("retry", "weekly", "--state", "accepted").ending(ExitCode.USAGE);
    }
}
