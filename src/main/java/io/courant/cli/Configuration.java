package io.courant.cli;

import io.courant.job.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The environment, with what it does not say taken from the installation's settings file: the one that was named, else
 * the user's, else the system's. Only one is read.
 *
 * @param file what was read
 */
record Configuration(Map<String, String> environment, Optional<Path> file, Map<String, String> origins) {
    static final String VARIABLE = "COURANT_CONFIG";
    private static final Path OF_SYSTEM = Path.of("/etc/courant/courant.yaml");

    /** Names of variables by key of the file. */
    static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("home", "COURANT_HOME"),
            Map.entry("database.url", "COURANT_DATABASE"),
            Map.entry("database.user", "COURANT_DATABASE_USER"),
            Map.entry("database.password-file", "COURANT_DATABASE_PASSWORD_FILE"),
            Map.entry("broker.host", "COURANT_BROKER_HOST"),
            Map.entry("broker.port", "COURANT_BROKER_PORT"),
            Map.entry("broker.password-file", "COURANT_BROKER_PASSWORD_FILE"),
            Map.entry("role", "COURANT_ROLE"),
            Map.entry("jobs", "COURANT_JOBS"),
            Map.entry("templates", "COURANT_TEMPLATES"),
            Map.entry("relay.host", "COURANT_SMTP_HOST"),
            Map.entry("relay.port", "COURANT_SMTP_PORT"),
            Map.entry("relay.tls", "COURANT_SMTP_TLS"),
            Map.entry("relay.username", "COURANT_SMTP_USERNAME"),
            Map.entry("relay.password-file", "COURANT_SMTP_PASSWORD_FILE"),
            Map.entry("serve.host", "COURANT_SERVE_HOST"),
            Map.entry("serve.port", "COURANT_SERVE_PORT"),
            Map.entry("desk.host", "COURANT_DESK_HOST"),
            Map.entry("desk.port", "COURANT_DESK_PORT"),
            Map.entry("dns", "COURANT_DNS"),
            Map.entry("log-format", "COURANT_LOG_FORMAT"));

    Configuration {
        environment = Map.copyOf(environment);
        origins = Map.copyOf(origins);
    }

    static Configuration read(@Nullable Path flag, Map<String, String> environment) {
        Optional<Path> file = file(flag, environment);
        Map<String, String> all = new HashMap<>();
        Map<String, String> origins = new HashMap<>();
        file.map(SettingsFile::read).map(SettingsFile::values).orElse(Map.of()).forEach((key, value) -> {
            all.put(variable(key), value.text());
            origins.put(variable(key), value.origin());
        });
        environment.forEach((name, value) -> {
            if (!value.isEmpty() || !all.containsKey(name)) {
                all.put(name, value);
                origins.put(name, name);
            }
        });
        return new Configuration(all, file, origins);
    }

    private static String variable(String key) {
        String name = VARIABLES.get(key);
        if (name == null) {
            throw new IllegalStateException("no variable for the key " + key);
        }
        return name;
    }

    private static Optional<Path> file(@Nullable Path flag, Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (flag != null || !named.isEmpty()) {
            Path file = flag != null ? flag : Path.of(named);
            if (!Files.isRegularFile(file)) {
                throw new Options.InvalidSetting(
                        (flag != null ? "--config" : VARIABLE) + ": no file " + file.toAbsolutePath());
            }
            return Optional.of(file.toAbsolutePath().normalize());
        }
        List<Path> usual = new ArrayList<>();
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        usual.add((xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(xdg))
                .resolve("courant")
                .resolve("courant.yaml"));
        usual.add(OF_SYSTEM);
        return usual.stream().filter(Files::isRegularFile).findFirst();
    }

    /** What a variable says, or the file in its place; empty when neither does. */
    String value(String variable) {
        return environment.getOrDefault(variable, "");
    }

    /** Where a value comes from: a variable, or file and line. */
    String origin(String variable) {
        return origins.getOrDefault(variable, variable);
    }
}
