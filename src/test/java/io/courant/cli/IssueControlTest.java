package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.delivery.Deliveries;
import io.courant.delivery.Demand;
import io.courant.issue.IssueId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Holding an issue that nobody is sending; ControlledRunTest has one that is being sent. */
class IssueControlTest {
    private static final String ISSUE = "weekly-2026-11-23";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.subscribe("ada@example.org", "bob@example.org");
        home.post("one.md", "One");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void compose() {
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        shell.courant("compose", "weekly").ending(ExitCode.DONE);
    }

    @Test
    void aHeldIssueIsNotSentAndHoldsTheNextOneBackUntilItIsResumed() {
        compose();
        Shell.Said stopped = shell.courant("stop", "weekly").ending(ExitCode.DONE);
        assertThat(stopped.out()).contains("stopped, 1 item; 2 candidates = 2 ready");
        assertThat(stopped.err()).contains("'courant resume " + ISSUE + "' lets it go on");
        home.post("two.md", "Two");
        String held = ISSUE + " is stopped; 'courant resume " + ISSUE + "' lets it go on";
        assertThat(shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT).out())
                .isEqualToIgnoringNewLines(held);
        JsonNode ran = shell.courant("run", "weekly", "--json")
                .ending(ExitCode.PARTLY_SENT)
                .json();
        assertThat(ran.get("state").asString()).isEqualTo("stopped");
        assertThat(ran.get("issue").asString()).isEqualTo(ISSUE);
        assertThat(shell.courant("send", ISSUE).ending(ExitCode.PARTLY_SENT).err())
                .isEqualToIgnoringNewLines(held);
        assertThat(home.relay().connections()).isZero();
        Shell.Said resumed = shell.courant("resume", ISSUE).ending(ExitCode.DONE);
        assertThat(resumed.out()).contains("approved, 1 item; 2 candidates = 2 ready");
        assertThat(resumed.err()).contains("nobody is sending it now; 'courant send " + ISSUE + "' does");
        assertThat(shell.courant("run", "weekly").ending(ExitCode.DONE).out()).startsWith(ISSUE + "-2  ");
        assertThat(home.relay().taken()).hasSize(4);
    }

    @Test
    void aPauseIsSaidInJsonAsStatusSaysIt() {
        compose();
        JsonNode paused =
                shell.courant("pause", ISSUE, "--json").ending(ExitCode.DONE).json();
        assertThat(paused.get("state").asString()).isEqualTo("paused");
        assertThat(paused.get("deliveries").get("ready").asInt()).isEqualTo(2);
        assertThat(shell.courant("status", ISSUE, "--json")
                        .ending(ExitCode.DONE)
                        .json())
                .isEqualTo(paused);
        assertThat(shell.courant("stop", ISSUE).ending(ExitCode.DONE).out()).contains("stopped");
        assertThat(shell.courant("pause", ISSUE).ending(ExitCode.DONE).err())
                .contains(ISSUE + " was stopped before, which is more than paused");
    }

    @Test
    void whatWasWithTheRelayOfAProcessThatDiedIsTold() {
        compose();
        home.with(session -> {
            var unused = session.get(Deliveries.class).claim(new IssueId(ISSUE), Demand.of(1), home.now());
        });
        Shell.Said paused = shell.courant("pause", ISSUE).ending(ExitCode.DONE);
        assertThat(paused.out()).contains("2 candidates = 1 ready + 1 sending");
        assertThat(paused.err())
                .contains("1 were with the relay when the last process ended; the next run sees to them");
    }

    @Test
    void whatCannotBeHeldSaysWhy() {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\napproval: true");
        compose();
        assertThat(shell.courant("pause", ISSUE).ending(ExitCode.DONE).err())
                .contains(ISSUE + " awaits approval; until then nothing of it is sent");
        assertThat(shell.courant("resume", ISSUE).ending(ExitCode.DONE).err())
                .contains(ISSUE + " was not held: it is awaiting approval");
        shell.courant("approve", ISSUE).ending(ExitCode.DONE);
        shell.courant("send", ISSUE).ending(ExitCode.DONE);
        Shell.Said late = shell.courant("stop", ISSUE).ending(ExitCode.DONE);
        assertThat(late.out()).contains("finished, 1 item; 2 candidates = 2 accepted");
        assertThat(late.err()).contains("nothing of " + ISSUE + " is left to stop");
    }
}
