package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.upkeep.DatabaseAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Types command lines into the program, with the folders of a test home, and reads what it says. */
public final class Shell {
    private final TestHome home;

    public Shell(TestHome home) {
        this.home = home;
    }

    /** What a command said and how it ended. */
    public record Said(int exitCode, String out, String err) {
        /** The one JSON value on standard output. */
        public JsonNode json() {
            return JsonMapper.builder().build().readTree(out);
        }

        /** Refuses any other exit code, showing what was said. */
        public Said ending(int expected) {
            assertThat(exitCode).as("exit code\nout: %s\nerr: %s", out, err).isEqualTo(expected);
            return this;
        }
    }

    public Said courant(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of(
                "--home",
                home.home().toString(),
                "--jobs",
                home.jobs().toString(),
                "--templates",
                home.templates().toString()));
        if (!line.contains("--config")) {
            home.address().ifPresent(database -> line.addAll(List.of("--config", configuration(database))));
        }
        return typed(line.toArray(String[]::new));
    }

    private String configuration(DatabaseAddress database) {
        try {
            Path file = home.home().resolveSibling("courant.yaml");
            return Files.writeString(file, "database: {url: '%s'}\n".formatted(database.url()))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command line just as it stands. */
    public Said typed(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = CourantCommand.commandLine(home.program(), arguments);
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(arguments);
        return new Said(exitCode, out.toString(), err.toString());
    }
}
