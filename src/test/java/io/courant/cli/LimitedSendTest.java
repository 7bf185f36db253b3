package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends to some of an issue's recipients, and then to the others. */
class LimitedSendTest {
    private static final String ISSUE = "weekly-2026-11-23";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.subscribe(IntStream.range(0, 10)
                .mapToObj(i -> "reader" + i + "@example.org")
                .toArray(String[]::new));
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
    void aRunEndsAtItsLimitAndTheNextGoesOn() {
        compose();
        Shell.Said first = shell.courant("send", ISSUE, "--limit", "4").ending(ExitCode.PARTLY_SENT);
        assertThat(first.out()).contains("10 candidates = 6 ready + 4 accepted");
        assertThat(first.err())
                .contains(
                        "as many messages were sent as this run may send; 'courant send " + ISSUE + "' sends the rest");
        assertThat(home.relay().taken()).hasSize(4);
        shell.courant("send", ISSUE, "--limit", "4").ending(ExitCode.PARTLY_SENT);
        Shell.Said last = shell.courant("send", ISSUE, "--limit", "4").ending(ExitCode.DONE);
        assertThat(last.err()).doesNotContain("as many messages");
        assertThat(last.out()).contains("finished").contains("10 accepted");
        assertThat(home.relay().copies()).hasSize(10);
        assertThat(home.relay().taken()).hasSize(10);
    }

    @Test
    void theLimitOfARunIsThatOfAllItsIssues() {
        shell.courant("run", "weekly", "--limit", "7").ending(ExitCode.PARTLY_SENT);
        home.post("two.md", "Two");
        Shell.Said second = shell.courant("run", "weekly", "--limit", "3").ending(ExitCode.DONE);
        assertThat(second.out()).startsWith(ISSUE + "  ").contains("10 accepted");
        assertThat(home.relay().taken()).as("and no other issue was begun").hasSize(10);
        shell.courant("run", "weekly", "--limit", "12").ending(ExitCode.DONE);
        assertThat(home.relay().taken()).hasSize(20);
    }

    @Test
    void onlyTheseGetItWhetherDueOrNot() {
        home.relay().onRecipient("reader3@example.org", "450 4.2.1 busy");
        compose();
        Shell.Said first = shell.courant(
                        "send", ISSUE, "--only", "Reader3@example.org", "--only", "reader5@example.org")
                .ending(ExitCode.PARTLY_SENT);
        assertThat(first.out()).contains("10 candidates = 8 ready + 1 accepted + 1 deferred");
        shell.courant("send", ISSUE, "--only", "reader3@example.org").ending(ExitCode.PARTLY_SENT);
        assertThat(home.relay().copies()).isEqualTo(Map.of("reader3@example.org", 1, "reader5@example.org", 1));
        Shell.Said again =
                shell.courant("send", ISSUE, "--only", "reader3@example.org").ending(ExitCode.PARTLY_SENT);
        assertThat(again.err()).contains("reader3@example.org is accepted; nothing is sent there");
        home.advance(Duration.ofMinutes(1));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(home.relay().copies().values()).hasSize(10).containsOnly(1);
    }

    @Test
    void allOfThemGetItHoweverMany() {
        compose();
        String[] send = Stream.concat(
                        Stream.of("send", ISSUE),
                        IntStream.range(0, 9).boxed().flatMap(i -> Stream.of("--only", "reader" + i + "@example.org")))
                .toArray(String[]::new);
        assertThat(shell.courant(send).ending(ExitCode.PARTLY_SENT).out()).contains("1 ready + 9 accepted");
        assertThat(home.relay().copies()).hasSize(9);
    }

    @Test
    void whoIsNoRecipientIsNamedAndNothingIsSent() {
        compose();
        home.subscribe("late@example.org");
        assertThat(shell.courant("send", ISSUE, "--only", "reader1@example.org", "--only", "late@example.org")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("late@example.org is no recipient of " + ISSUE + "; 'courant who " + ISSUE + "' lists them");
        assertThat(home.relay().connections()).isZero();
        assertThat(shell.courant("send", ISSUE, "--only", "reader1")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("--only", "not an email address: 'reader1'");
        assertThat(shell.courant("run", "weekly", "--limit", "0")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("expected a number from 1, found '0'");
    }
}
