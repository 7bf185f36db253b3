package io.courant.cli;

import io.courant.job.JobFolder;
import io.courant.render.TemplateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command understands. Flags win over {@code COURANT_*}, which win over files. */
final class Options {
    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "Where Courant keeps its database, lock, keys and mails (or COURANT_HOME).")
    private @Nullable Path home;

    @Option(
            names = "--jobs",
            paramLabel = "FOLDER",
            description = "The job files (or COURANT_JOBS; default: ./jobs, else those shipped).")
    private @Nullable Path jobs;

    @Option(
            names = "--templates",
            paramLabel = "FOLDER",
            description = "The templates (or COURANT_TEMPLATES; default: ./templates, else those shipped).")
    private @Nullable Path templates;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a setting of the job, as in --set relay.port=2525. May be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--json", description = "Prints the result as JSON.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Prints errors only.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Logs what happens inside.")
    private boolean verbose;

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }

    boolean verbose() {
        return verbose;
    }

    Settings settings() {
        Map<String, String> environment = System.getenv();
        return new Settings(
                home(environment),
                folder(jobs, "jobs", environment),
                folder(templates, "templates", environment),
                environment,
                overrides,
                false,
                verbose);
    }

    /** The job folder, for commands that need no database. */
    JobFolder jobFolder() {
        Settings settings = settings();
        return new JobFolder(
                settings.jobs(),
                new TemplateFolder(settings.templates()).names(),
                settings.environment(),
                settings.overrides());
    }

    private Path home(Map<String, String> environment) {
        if (home != null) {
            return home.toAbsolutePath().normalize();
        }
        String named = environment.getOrDefault("COURANT_HOME", "");
        if (!named.isEmpty()) {
            return Path.of(named).toAbsolutePath().normalize();
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path parent = data.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(data);
        return parent.resolve("courant").toAbsolutePath();
    }

    private static Path folder(@Nullable Path flag, String name, Map<String, String> environment) {
        String variable = "COURANT_" + name.toUpperCase(java.util.Locale.ROOT);
        String named = environment.getOrDefault(variable, "");
        if (flag != null) {
            return existing(flag, "--" + name);
        }
        if (!named.isEmpty()) {
            return existing(Path.of(named), variable);
        }
        Path beside = Path.of(name).toAbsolutePath();
        try {
            return Files.isDirectory(beside) ? beside : Shipped.folder(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path existing(Path folder, String origin) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidSetting(origin + ": no folder " + folder.toAbsolutePath());
        }
        return folder.toAbsolutePath().normalize();
    }

    /** A setting that cannot be. */
    static final class InvalidSetting extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidSetting(String message) {
            super(message);
        }
    }
}
