package io.courant.job;

import io.courant.job.YamlFile.Setting;
import io.courant.render.Nearest;
import io.courant.section.Taxonomy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder {@code jobs/}: one {@code NAME.yaml} per newsletter. Nothing else reads or writes it. */
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
    private final boolean overridden;

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
        settings.forEach((key, value) ->
                all.add(new Setting("--set " + key, key, value.startsWith("#") ? quoted(value) : value))); // a colour
        this.overrides = List.copyOf(all);
        this.overridden = !settings.isEmpty();
    }

    /** Whether the command line says anything that the files do not, and that other machines do not know of. */
    boolean isOverridden() {
        return overridden;
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
        return read(name, text(name));
    }

    /**
     * What a job's file says, with what is overridden from outside, whether it can be used or not.
     *
     * @throws JobFileException when there is none of that name, or it is not YAML
     */
    public InForce inForce(String name) {
        return new InForce(new YamlFile(shown(name), text(name), overrides).values());
    }

    /**
     * Reads the topics of a job and nothing else of it.
     *
     * @param job name of a job, or the path of a file that has at least the key {@code topics}
     * @throws JobFileException when there is no such job or file, or anything about its topics is wrong
     */
    public Taxonomy topics(String job) {
        boolean isPath = job.contains("/") || job.contains("\\") || job.endsWith(SUFFIX) || job.endsWith(".yml");
        YamlFile file = isPath
                ? new YamlFile(job, outside(Path.of(job)), List.of())
                : new YamlFile(shown(job), text(job), overrides);
        // a file from elsewhere may have keys of its own beside its topics
        Taxonomy taxonomy = new TopicsReader(file).read(isPath ? file.fields() : file.fields(JobFileReader.KEYS));
        file.refuseProblems();
        return taxonomy;
    }

    private static String outside(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new JobFileException(List.of("no file " + file + "; name a job, or a YAML file that has topics"));
        } catch (MalformedInputException e) {
            throw new JobFileException(List.of(file + ":1: not UTF-8; save the file as UTF-8"));
        } catch (IOException e) {
            throw new JobFileException(List.of(file + ": cannot be read (" + e + ")"));
        }
    }

    /** A feed that an editor wants to have among the sources. */
    public record NewSource(String name, URI feed) {}

    /**
     * What came of adding sources.
     *
     * @param file how messages call the job file
     * @param added those that were not there yet
     * @param present how many were
     */
    public record Added(String file, List<NewSource> added, int present) {
        public Added {
            added = List.copyOf(added);
        }
    }

    /**
     * Writes feeds into the job's list of sources, but for those that are there already. All else in the file stays
     * byte for byte, and the file is replaced at once, after the job was read from its new text as {@link #load} does.
     *
     * @param dryRun do everything but replace the file
     * @throws JobFileException when the file cannot be changed, or would be refused afterwards; it is as it was then
     */
    public Added addSources(String name, List<NewSource> sources, boolean dryRun) {
        String old = text(name);
        SourceList list = new SourceList(shown(name), old);
        Set<String> feeds = list.feeds();
        List<NewSource> added = sources.stream()
                .filter(source -> feeds.add(SourceList.identity(source.feed().toString())))
                .toList();
        if (!added.isEmpty()) {
            if (!isOnDisk()) {
                throw new JobFileException(List.of("the jobs that come with Courant cannot be changed; copy " + name
                        + SUFFIX + " into a folder of your own and name that with --jobs"));
            }
            String text = list.with(added);
            checkChanged(name, text);
            if (!dryRun) {
                replace(name, old, text);
            }
        }
        return new Added(shown(name), added, sources.size() - added.size());
    }

    private void checkChanged(String name, String text) {
        try {
            read(name, text);
        } catch (JobFileException e) {
            List<String> problems = new ArrayList<>();
            problems.add(shown(name) + ": is not changed, since with the new sources it would be refused:");
            problems.addAll(e.problems());
            throw new JobFileException(problems);
        }
    }

    private void replace(String name, String old, String text) {
        try {
            if (!SafeReplace.replace(path(name), old, text)) {
                throw new JobFileException(
                        List.of(shown(name) + ": was changed by somebody else in this moment; try again"));
            }
        } catch (AccessDeniedException e) {
            throw new JobFileException(List.of(shown(name) + ": may not be written (" + e.getMessage()
                    + "); give this user permission to write the file and its folder"));
        } catch (IOException e) {
            throw new JobFileException(List.of(shown(name) + ": cannot be written (" + e + "); it is as it was"));
        }
    }

    private JobFile read(String name, String text) {
        return new JobFileReader(name, folder, templates, new YamlFile(shown(name), text, overrides)).read();
    }

    private String text(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new JobFileException(List.of("no job '" + name
                    + "': a job's name has small letters, digits and hyphens" + Nearest.hint(name, names())));
        }
        try {
            return Files.readString(path(name));
        } catch (NoSuchFileException e) {
            throw new JobFileException(List.of("no job '" + name + "' in " + where() + Nearest.hint(name, names())
                    + "; there are: " + String.join(", ", names())));
        } catch (MalformedInputException e) {
            throw new JobFileException(List.of(shown(name) + ":1: not UTF-8; save the file as UTF-8"));
        } catch (IOException e) {
            throw new JobFileException(List.of(shown(name) + ": cannot be read (" + e + ")"));
        }
    }

    private Path path(String name) {
        return folder.resolve(name + SUFFIX);
    }

    private String shown(String name) {
        return folder.getFileName() + "/" + name + SUFFIX;
    }

    private boolean isOnDisk() {
        return folder.getFileSystem().equals(FileSystems.getDefault());
    }

    private String where() {
        return isOnDisk() ? folder.toString() : "the jobs that come with Courant";
    }
}
