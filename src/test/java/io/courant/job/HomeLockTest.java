package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock between real processes: each other holder is a second Java virtual machine. */
class HomeLockTest {
    @TempDir
    private Path home;

    private @Nullable Process other;

    @AfterEach
    void endTheOther() {
        if (other != null) {
            other.destroyForcibly();
        }
    }

    /** What the other process does: takes the lock, says so, and keeps it until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (HomeLock lock = HomeLock.take(Path.of(arguments[0]), "sending weekly-2026-11-23")) {
                System.out.println(lock == null ? "not held" : "held");
                System.in.read();
            } catch (HomeLock.HeldException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** The first line that another process says when it tries to take the lock. */
    private String another() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        other = process;
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private Process other() {
        if (other == null) {
            throw new IllegalStateException("no other process was started");
        }
        return other;
    }

    @Test
    void whoComesSecondIsToldWhoHoldsItAndWhy() throws IOException {
        assertThat(another()).isEqualTo("held");
        assertThatThrownBy(() -> HomeLock.take(home, "running weekly"))
                .isInstanceOf(HomeLock.HeldException.class)
                .hasMessageStartingWith(home + " is in use: process " + other().pid() + ", sending weekly-2026-11-23")
                .hasMessageEndingWith("; wait until it has ended, then try again");
    }

    @Test
    void anotherProcessIsRefusedWhileThisOneHoldsIt() throws IOException {
        try (HomeLock lock = HomeLock.take(home, "running weekly")) {
            assertThat(lock).isNotNull();
            assertThat(another())
                    .contains("is in use: process " + ProcessHandle.current().pid() + ", running weekly");
        }
        assertThat(another()).isEqualTo("held");
    }

    @Test
    void aKilledProcessHoldsNothing() throws IOException, InterruptedException {
        assertThat(another()).isEqualTo("held");
        other().destroyForcibly();
        assertThat(other().waitFor(30, TimeUnit.SECONDS)).isTrue();
        try (HomeLock lock = HomeLock.take(home, "running weekly")) {
            assertThat(lock).isNotNull();
            assertThat(Files.readString(home.resolve("courant.lock")))
                    .startsWith("process " + ProcessHandle.current().pid() + ", running weekly");
        }
    }

    @Test
    void aRefusedAttemptInTheSameProcessLeavesTheLockWhereItIs() throws IOException {
        try (HomeLock lock = HomeLock.take(home, "running weekly")) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> HomeLock.take(home, "sending weekly"))
                    .isInstanceOf(HomeLock.HeldException.class)
                    .hasMessageContaining("running weekly");
            assertThat(another()).contains("is in use");
        }
    }

    @Test
    void whoHoldsItCanBeAskedWithoutTakingIt() throws IOException, InterruptedException {
        assertThat(HomeLock.holder(home)).as("no lock file yet").isEmpty();
        assertThat(HomeLock.holder(home.resolve("nowhere"))).isEmpty();
        assertThat(another()).isEqualTo("held");
        Process first = other();
        HomeLock.Holder expected = new HomeLock.Holder("process " + first.pid(), "sending weekly-2026-11-23");
        assertThat(HomeLock.holder(home)).contains(expected);
        assertThat(another()).as("it has the lock still").contains("is in use");
        first.destroyForcibly();
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(home.resolve("courant.lock")).isNotEmptyFile();
        assertThat(HomeLock.holder(home)).as("the words of a killed process").isEmpty();
        try (HomeLock lock = HomeLock.take(home, "running weekly")) {
            assertThat(lock).isNotNull();
            assertThat(HomeLock.holder(home))
                    .contains(new HomeLock.Holder(
                            "process " + ProcessHandle.current().pid(), "running weekly"));
            assertThat(another()).as("asking gave nothing away").contains("is in use");
        }
        assertThat(HomeLock.holder(home)).isEmpty();
    }

    @Test
    void aLockThatWasGivenBackCanBeTakenAgain() {
        HomeLock.take(home.resolve("new").resolve("folder"), "running weekly").close();
        HomeLock.take(home.resolve("new").resolve("folder"), "running weekly").close();
        assertThat(home.resolve("new").resolve("folder").resolve("courant.lock"))
                .isEmptyFile();
    }
}
