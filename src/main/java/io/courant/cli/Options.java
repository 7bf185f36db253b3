package io.courant.cli;

import io.courant.job.BrokerAddress;
import io.courant.job.InForce;
import io.courant.job.JobFolder;
import io.courant.render.TemplateFolder;
import io.courant.upkeep.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command understands. Flags win over {@code COURANT_*}, which win over the settings file. */
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
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The installation's settings (or COURANT_CONFIG; default: ~/.config/courant/courant.yaml, else"
                            + " /etc/courant/courant.yaml).")
    private @Nullable Path config;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "How the log is written to standard error: text or json (or COURANT_LOG_FORMAT).")
    private @Nullable String logFormat;

    private @Nullable Configuration configuration;

    private final Map<String, InForce.Setting> flags = new HashMap<>();

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
        Configuration known = configuration();
        Path homeFolder = home(known);
        Path jobFolder = folder(jobs, "jobs", known);
        Path templateFolder = folder(templates, "templates", known);
        return new Settings(
                homeFolder,
                database(known),
                broker(known),
                role() != Role.MANAGER,
                jobFolder,
                templateFolder,
                known.environment(),
                overrides,
                false,
                log(known),
                inForce(known, homeFolder, jobFolder, templateFolder));
    }

    /** Environment and settings file, which is read once. */
    Configuration configuration() {
        Configuration known = configuration;
        if (known == null) {
            known = Configuration.read(config, System.getenv());
            configuration = known;
        }
        return known;
    }

    private Settings.Log log(Configuration known) {
        String format = logFormat == null ? known.value("COURANT_LOG_FORMAT") : logFormat;
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "", "text" -> new Settings.Log(verbose, false);
            case "json" -> new Settings.Log(verbose, true);
            default ->
                throw new InvalidSetting((logFormat == null ? known.origin("COURANT_LOG_FORMAT") : "--log-format")
                        + ": expected text or json, found '" + format + "'");
        };
    }

    /** Takes note of a setting that a command has a flag of its own for; null: it was not given. */
    void flag(String key, @Nullable String value, String name) {
        if (value != null) {
            flags.put(key, new InForce.Setting(key, value, name));
        }
    }

    private InForce inForce(Configuration known, Path homeFolder, Path jobFolder, Path templateFolder) {
        List<InForce.Setting> all = new ArrayList<>(List.of(
                setting("home", homeFolder.toString(), home != null, known),
                setting("jobs", jobFolder.toString(), jobs != null, known),
                setting("templates", templateFolder.toString(), templates != null, known)));
        for (String key : List.of(
                "database.url",
                "database.user",
                "database.password-file",
                "broker.host",
                "broker.port",
                "broker.password-file")) {
            all.add(setting(key, null, false, known));
        }
        all.add(served("role", "all", known));
        for (String key : List.of("relay.host", "relay.port", "relay.tls", "relay.username", "relay.password-file")) {
            String set = overrides.get(key);
            all.add(set != null ? new InForce.Setting(key, set, "--set " + key) : setting(key, null, false, known));
        }
        for (String server : List.of("serve", "desk")) {
            String port = server.equals("desk") ? ServeCommand.DESK_PORT : ServeCommand.PORT;
            all.add(served(server + ".host", ServeCommand.HOST, known));
            all.add(served(server + ".port", port, known));
        }
        all.add(setting("dns", null, false, known));
        all.add(setting("log-format", logFormat == null ? "text" : logFormat, logFormat != null, known));
        return new InForce(all);
    }

    private InForce.Setting served(String key, String otherwise, Configuration known) {
        InForce.Setting flag = flags.get(key);
        return flag == null ? setting(key, otherwise, false, known) : flag;
    }

    private static InForce.Setting setting(String key, @Nullable String otherwise, boolean flag, Configuration known) {
        if (flag) {
            return new InForce.Setting(key, otherwise, "--" + key);
        }
        String variable = Configuration.VARIABLES.getOrDefault(key, key);
        String value = known.value(variable);
        return value.isEmpty()
                ? new InForce.Setting(key, otherwise, "default")
                : new InForce.Setting(key, value, known.origin(variable));
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

    private Path home(Configuration known) {
        if (home != null) {
            return home.toAbsolutePath().normalize();
        }
        String named = known.value("COURANT_HOME");
        if (!named.isEmpty()) {
            return Path.of(named).toAbsolutePath().normalize();
        }
        String data = known.value("XDG_DATA_HOME");
        Path parent = data.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(data);
        return parent.resolve("courant").toAbsolutePath();
    }

    private static Optional<DatabaseAddress> database(Configuration known) {
        String url = known.value("COURANT_DATABASE");
        return url.isEmpty() ? Optional.empty() : Optional.of(database(url, known.origin("COURANT_DATABASE"), known));
    }

    /**
     * A database with the user and the password of the settings.
     *
     * @param origin who says where it is
     */
    DatabaseAddress database(String url, String origin) {
        return database(url, origin, configuration());
    }

    private static DatabaseAddress database(String url, String origin, Configuration known) {
        try {
            return new DatabaseAddress(
                    url,
                    nullIfEmpty(known.value("COURANT_DATABASE_USER")),
                    nullIfEmpty(secret("COURANT_DATABASE_PASSWORD", known)));
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(origin + ": " + e.getMessage());
        }
    }

    /** What this process does where there are others. */
    Role role() {
        InForce.Setting flag = flags.get("role");
        Configuration known = configuration();
        try {
            return Role.of(flag == null ? known.value("COURANT_ROLE") : String.valueOf(flag.value()));
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting((flag == null ? known.origin("COURANT_ROLE") : "--role") + ": " + e.getMessage());
        }
    }

    private static Optional<BrokerAddress> broker(Configuration known) {
        String host = known.value("COURANT_BROKER_HOST");
        if (host.isEmpty()) {
            return Optional.empty();
        }
        String port = known.value("COURANT_BROKER_PORT");
        String password = secret("COURANT_BROKER_PASSWORD", known);
        if (password.isEmpty()) {
            throw new InvalidSetting(known.origin("COURANT_BROKER_HOST")
                    + ": a broker needs a password; name its file with broker.password-file or"
                    + " COURANT_BROKER_PASSWORD_FILE");
        }
        try {
            return Optional.of(
                    new BrokerAddress(host, port.isEmpty() ? BrokerAddress.PORT : Integer.parseInt(port), password));
        } catch (NumberFormatException e) {
            throw new InvalidSetting(
                    known.origin("COURANT_BROKER_PORT") + ": expected a port number, found '" + port + "'");
        }
    }

    /** What a variable says, or the file that it names with {@code _FILE} behind; empty when neither does. */
    private static String secret(String variable, Configuration known) {
        String file = known.value(variable + "_FILE");
        if (file.isEmpty()) {
            return known.value(variable);
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new InvalidSetting(known.origin(variable + "_FILE") + ": " + file + " cannot be read (" + e + ")");
        }
    }

    private static @Nullable String nullIfEmpty(String value) {
        return value.isEmpty() ? null : value;
    }

    private static Path folder(@Nullable Path flag, String name, Configuration known) {
        String variable = "COURANT_" + name.toUpperCase(Locale.ROOT);
        String named = known.value(variable);
        if (flag != null) {
            return existing(flag, "--" + name);
        }
        if (!named.isEmpty()) {
            return existing(Path.of(named), known.origin(variable));
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
