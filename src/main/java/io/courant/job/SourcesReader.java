package io.courant.job;

import io.courant.job.YamlFile.Fields;
import io.courant.post.FetchPolicy;
import io.courant.post.Source;
import io.courant.post.Source.Identity;
import io.courant.post.Source.Location;
import io.courant.post.Source.Terms;
import io.courant.post.Source.Updates;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what a job file says about where its posts come from, and on which terms. */
final class SourcesReader {
    private static final URI NOWHERE = URI.create("https://invalid.example");
    private static final String[] KINDS = {"folder", "feed", "wordpress"};

    private final String newsletter;
    private final Path folder;
    private final YamlFile file;

    /** @param folder what relative paths in the file start from */
    SourcesReader(String newsletter, Path folder, YamlFile file) {
        this.newsletter = newsletter;
        this.folder = folder;
        this.file = file;
    }

    List<Source> read(Fields job) {
        Node node = job.node("sources");
        if (node == null || file.entries(node).isEmpty()) {
            job.problem(
                    "sources",
                    (node == null ? "key 'sources' is missing" : "there are no sources")
                            + "; name at least one {name: …, folder: …} or {name: …, feed: …}");
            return List.of();
        }
        Set<String> keys = new LinkedHashSet<>();
        List<Source> sources = new ArrayList<>();
        for (Node entry : file.entries(node)) {
            Source source = source(entry, job);
            if (source != null && !keys.add(source.key())) {
                file.problem(
                        entry,
                        "source '" + source.key().replaceFirst("^" + newsletter + ": ", "") + "' is listed twice");
            } else if (source != null) {
                sources.add(source);
            }
        }
        return sources;
    }

    private @Nullable Source source(Node entry, Fields job) {
        Fields source =
                file.fields(entry, "name", "folder", "feed", "wordpress", "identity", "updates", "look-back", "merge");
        List<String> kinds = Stream.of(KINDS).filter(source::has).toList();
        if (kinds.size() != 1) {
            file.problem(entry, "a source has one of " + String.join(", ", KINDS));
            return null;
        }
        String kind = kinds.get(0);
        String text = source.text(kind);
        if (text.isEmpty()) {
            return null;
        }
        Location location = location(kind, text, source);
        Terms terms = terms(location, source, job);
        boolean onTheWeb = location instanceof Source.FeedUri || location instanceof Source.WordPressSite;
        // What is kept of a source depends on what it is and on these terms: who has others must not share it.
        String key = (onTheWeb ? "" : newsletter + ": ")
                + text
                + (location instanceof Source.WordPressSite ? " as wordpress" : "")
                + (terms.identity() == Identity.GUID ? "" : " by " + Parse.name(terms.identity()))
                + (terms.updates() == Updates.IGNORE ? "" : " with updates " + Parse.name(terms.updates()));
        String usual = onTheWeb ? location.toString() : text;
        return new Source(key, source.optional("name", Parse::notBlank, usual), location, terms);
    }

    private Location location(String kind, String text, Fields source) {
        if (kind.equals("wordpress")) {
            return new Source.WordPressSite(source.required(kind, Parse::web, NOWHERE));
        }
        if (kind.equals("feed") && text.matches("(?i)[a-z][a-z0-9+.-]*://.*")) {
            return new Source.FeedUri(source.required(kind, Parse::web, NOWHERE));
        }
        Path path = folder.resolve(text).normalize();
        if (!(kind.equals("folder") ? Files.isDirectory(path) : Files.isRegularFile(path))) {
            source.problem(kind, kind + " '" + text + "' not found (looked for " + path + ")");
        }
        return kind.equals("folder") ? new Source.Folder(path) : new Source.FeedFile(path);
    }

    private static Terms terms(Location location, Fields source, Fields job) {
        Optional<Duration> usual = Optional.ofNullable(Terms.of(location).lookBack());
        // what the job says of all its sources is meant for what others publish, not for a folder of its own
        Optional<Duration> ofJob = usual.isEmpty() ? usual : job.optional("look-back", Parse::lookBack, usual);
        return new Terms(
                source.optional("identity", Parse.oneOf(Identity.class), Identity.GUID),
                source.optional(
                        "updates",
                        Parse.oneOf(Updates.class),
                        job.optional("updates", Parse.oneOf(Updates.class), Updates.IGNORE)),
                source.optional("look-back", Parse::lookBack, ofJob).orElse(null),
                source.optional("merge", Parse::notBlank, ""));
    }

    static FetchPolicy fetch(YamlFile file, Fields job) {
        FetchPolicy usual = FetchPolicy.DEFAULT;
        Node node = job.node("fetch");
        if (node == null) {
            return usual;
        }
        Fields fetch = file.fields(node, "parallel", "spacing", "every", "timeout", "pause-after", "private-hosts");
        Set<String> hosts = privateHosts(file, fetch.node("private-hosts"));
        return new FetchPolicy(
                fetch.optional("parallel", Parse.number(1, 64), usual.parallel()),
                fetch.optional("spacing", Parse::duration, usual.spacing()),
                fetch.optional("every", Parse::duration, usual.every()),
                fetch.optional("timeout", Parse::duration, usual.timeout()),
                fetch.optional("pause-after", Parse.number(1, 1_000_000), usual.pauseAfter()),
                hosts);
    }

    private static Set<String> privateHosts(YamlFile file, @Nullable Node node) {
        Set<String> hosts = new LinkedHashSet<>();
        if (node != null) {
            for (Node entry : file.entries(node)) {
                // commas, because --set has no other way to give several that needs no quotes
                hosts.addAll(file.parsed(entry, SourcesReader::hosts, Set.of()));
            }
        }
        return hosts;
    }

    /** @throws IllegalArgumentException if one is neither a name, an address nor a block */
    private static Set<String> hosts(String text) {
        Set<String> hosts = Stream.of(text.split(",")).map(String::strip).collect(Collectors.toSet());
        return FetchPolicy.DEFAULT.withPrivateHosts(hosts).privateHosts();
    }
}
