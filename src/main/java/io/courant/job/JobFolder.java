package io.courant.job;

import io.courant.job.YamlFile.Setting;
import io.courant.render.Nearest;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder {@code jobs/}: one {@code NAME.yaml} per newsletter. Nothing else reads it. */
public final class JobFolder {
    private static final String SUFFIX = ".yaml";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "COURANT_SMTP_HOST", "relay.host",
            "COURANT_SMTP_PORT", "relay.port",
            "COURANT_SMTP_TLS", "relay.tls",
            "COURANT_SMTP_USERNAME", "relay.username",
            "COURANT_SMTP_PASSWORD_FILE", "relay.password-file");

    private final Path folder;
    private final List<String> templates;
    private final List<Setting> overrides;

    /**
     * @param templates names of the templates there are
     * @param environment {@code COURANT_SMTP_…} override the relay of every job
     * @param settings dotted keys to values, as {@code --set} gives them; they win over the environment
     */
    public JobFolder(
            Path folder, List<String> templates, Map<String, String> environment, Map<String, String> settings) {
        this.folder = folder;
        this.templates = List.copyOf(templates);
        List<Setting> all = new ArrayList<>();
        ENVIRONMENT.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(entry -> !environment.getOrDefault(entry.getKey(), "").isBlank())
                .forEach(entry -> all.add(
                        new Setting(entry.getKey(), entry.getValue(), quoted(environment.get(entry.getKey())))));
        settings.forEach((key, value) -> all.add(new Setting("--set " + key, key, value)));
        this.overrides = List.copyOf(all);
    }

    /** A variable of the environment is a text, whatever YAML would make of it. */
    private static String quoted(@Nullable String value) {
        return "'" + String.valueOf(value).replace("'", "''") + "'";
    }

    /** Names of the jobs there are, in alphabetical order. */
    public List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX) && !file.startsWith("."))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new JobFileException(List.of(folder + ": cannot list this folder of jobs (" + e + ");"
                    + " name another with --jobs or COURANT_JOBS"));
        }
    }

    /**
     * Reads a job.
     *
     * @throws JobFileException when there is none of that name, or anything in it is wrong
     */
    public JobFile load(String name) {
        Path path = folder.resolve(name + SUFFIX);
        String shown = folder.getFileName() + "/" + name + SUFFIX;
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new JobFileException(List.of("no job '" + name
                    + "': a job's name has small letters, digits and hyphens" + Nearest.hint(name, names())));
        }
        try {
            YamlFile file = new YamlFile(shown, Files.readString(path), overrides);
            return new JobFileReader(name, folder, templates, file).read();
        } catch (NoSuchFileException e) {
            throw new JobFileException(List.of("no job '" + name + "' in " + where() + Nearest.hint(name, names())
                    + "; there are: " + String.join(", ", names())));
        } catch (MalformedInputException e) {
            throw new JobFileException(List.of(shown + ":1: not UTF-8; save the file as UTF-8"));
        } catch (IOException e) {
            throw new JobFileException(List.of(shown + ": cannot be read (" + e + ")"));
        }
    }

    private String where() {
        boolean onDisk = folder.getFileSystem().equals(FileSystems.getDefault());
        return onDisk ? folder.toString() : "the jobs that come with Courant";
    }
}
