package io.courant.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.nodes.Node;

/**
 * An installation's settings, {@code courant.yaml}: what flags and {@code COURANT_*} may say, too, and nothing else.
 * Paths start from the file's folder. Secrets are named as files.
 *
 * @param values by dotted key, such as {@code relay.port}
 */
public record SettingsFile(Map<String, Value> values) {
    private static final int MAX_PORT = 65_535;
    private static final List<String> TLS = List.of("none", "starttls", "tls");
    private static final List<String> ROLES = List.of("manager", "worker", "all");
    private static final List<String> LOG_FORMATS = List.of("text", "json");

    public SettingsFile {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * A setting's value.
     *
     * @param origin file and line
     */
    public record Value(String text, String origin) {}

    /**
     * Reads the settings.
     *
     * @throws JobFileException naming every line that is wrong
     */
    public static SettingsFile read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the settings cannot be read (" + e + ")", e);
        }
        if (text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
            return new SettingsFile(Map.of());
        }
        YamlFile yaml = new YamlFile(file.toString(), text, List.of());
        Reader reader = new Reader(file, yaml, new LinkedHashMap<>());
        reader.all();
        yaml.refuseProblems();
        return new SettingsFile(reader.values());
    }

    private record Reader(Path file, YamlFile yaml, Map<String, Value> values) {
        void all() {
            YamlFile.Fields top = yaml.fields(
                    "home",
                    "database",
                    "broker",
                    "role",
                    "jobs",
                    "templates",
                    "relay",
                    "serve",
                    "desk",
                    "dns",
                    "log-format");
            UnaryOperator<String> path =
                    text -> Objects.requireNonNull(file.toAbsolutePath().getParent())
                            .resolve(Parse.notBlank(text))
                            .normalize()
                            .toString();
            List.of("home", "jobs", "templates").forEach(key -> take(top, "", key, path));
            take(top, "", "dns", Parse::notBlank);
            take(top, "", "log-format", text -> oneOf(text, LOG_FORMATS));
            if (top.has("database")) {
                YamlFile.Fields database = yaml.fields(top.node("database"), "url", "user", "password-file");
                take(database, "database.", "url", Parse::notBlank);
                take(database, "database.", "user", Parse::notBlank);
                take(database, "database.", "password-file", path);
            }
            if (top.has("broker")) {
                YamlFile.Fields broker = yaml.fields(top.node("broker"), "host", "port", "password-file");
                take(broker, "broker.", "host", Parse::notBlank);
                take(broker, "broker.", "port", text -> port(text, 1));
                take(broker, "broker.", "password-file", path);
            }
            take(top, "", "role", text -> oneOf(text, ROLES));
            if (top.has("relay")) {
                YamlFile.Fields relay =
                        yaml.fields(top.node("relay"), "host", "port", "tls", "username", "password-file");
                take(relay, "relay.", "host", Parse::notBlank);
                take(relay, "relay.", "port", text -> port(text, 1));
                take(relay, "relay.", "tls", text -> oneOf(text, TLS));
                take(relay, "relay.", "username", Parse::notBlank);
                take(relay, "relay.", "password-file", path);
            }
            for (String server : List.of("serve", "desk")) {
                if (top.has(server)) {
                    YamlFile.Fields address = yaml.fields(top.node(server), "host", "port");
                    take(address, server + ".", "host", Parse::notBlank);
                    take(address, server + ".", "port", text -> port(text, 0));
                }
            }
        }

        private void take(YamlFile.Fields fields, String prefix, String key, Function<String, String> checked) {
            Node node = fields.node(key);
            if (node != null) {
                values.put(
                        prefix + key,
                        new Value(
                                fields.optional(key, checked, ""),
                                file + ":" + (node.getStartMark().getLine() + 1)));
            }
        }

        private static String port(String text, int least) {
            try {
                int port = Integer.parseInt(text.strip());
                if (port >= least && port <= MAX_PORT) {
                    return String.valueOf(port);
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new IllegalArgumentException(
                    "expected a port from " + least + " to " + MAX_PORT + ", found '" + text + "'");
        }

        private static String oneOf(String text, List<String> allowed) {
            String value = text.strip().toLowerCase(Locale.ROOT);
            if (!allowed.contains(value)) {
                throw new IllegalArgumentException(
                        "expected one of " + String.join(", ", allowed) + ", found '" + text + "'");
            }
            return value;
        }
    }
}
