package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.Courant;
import io.courant.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as cron starts it. */
final class CourantProcess {
    private static final int LONGEST_SECONDS = 90;

    private final Process process;
    private final Path out;
    private final Path err;

    private CourantProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * How to start it.
     *
     * @param before what stands before {@code java} on the command line: {@code ip netns exec …}
     * @param options of the Java virtual machine
     * @param environment beside the usual
     */
    record Start(List<String> before, List<String> options, Map<String, String> environment) {
        static final Start USUAL = new Start(List.of(), List.of(), Map.of());

        Start {
            before = List.copyOf(before);
            options = List.copyOf(options);
            environment = Map.copyOf(environment);
        }

        Start after(String... command) {
            return new Start(List.of(command), options, environment);
        }

        Start with(String... more) {
            return new Start(before, List.of(more), environment);
        }

        Start in(Map<String, String> more) {
            return new Start(before, options, more);
        }
    }

    /** What it says goes to files in the folder. */
    static CourantProcess start(Start start, TestHome home, Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(start.before());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(start.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Courant.class.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "process", ".out");
        Path err = Files.createTempFile(folder, "process", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("COURANT_"));
        environment.put("COURANT_HOME", home.home().toString());
        home.address().ifPresent(database -> environment.put("COURANT_DATABASE", database.url()));
        environment.put("COURANT_JOBS", home.jobs().toString());
        environment.put("COURANT_TEMPLATES", home.templates().toString());
        environment.putAll(start.environment());
        return new CourantProcess(builder.start(), out, err);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    /** Waits until it has ended, and refuses any other exit code. */
    CourantProcess ending(int exitCode) throws IOException, InterruptedException {
        assertThat(ended()).as("exit code\nout: %s\nerr: %s", out(), err()).isEqualTo(exitCode);
        return this;
    }

    /** Waits until it has ended: the exit code. */
    int ended() throws InterruptedException {
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                .as("the process has ended")
                .isTrue();
        return process.exitValue();
    }

    /** As {@code kill} does. */
    void signal(String name) throws IOException, InterruptedException {
        Tools.run("kill", "-" + name, String.valueOf(pid()));
    }

    void kill() {
        process.destroyForcibly();
    }
}
