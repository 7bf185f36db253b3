package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the system that break things, where they are to be had. */
public final class Tools {
    private Tools() {}

    /** Skips the test where one is missing. */
    public static void need(String... programs) {
        for (String program : programs) {
            assumeTrue(isInstalled(program), "this test needs the program '" + program + "'");
        }
    }

    /** Skips the test for everybody else. */
    public static void needRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "this test needs to be run as root");
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs a program to its end, which has to be a good one. */
    public static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(List.of(command) + ": " + said).isZero();
    }

    /** Runs a program to its end, and skips the test when that is a bad one: here it may not do that. */
    public static void tryOut(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(
                process.waitFor() == 0, "this test needs what is not allowed here: " + List.of(command) + ": " + said);
    }
}
