package io.courant.job;

import io.courant.job.YamlFile.Fields;
import io.courant.render.Nearest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the key {@code webhooks} of a job file. */
final class WebhooksReader {
    private final YamlFile file;
    private final Path folder;

    /** @param folder what relative paths in the file start from */
    WebhooksReader(YamlFile file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    List<Webhook> read(Fields job) {
        Node node = job.node("webhooks");
        if (node == null) {
            return List.of();
        }
        List<Webhook> webhooks = new ArrayList<>();
        for (Node entry : file.entries(node)) {
            Fields fields = file.fields(entry, "url", "secret-file", "events", "addresses");
            URI url = fields.required("url", Parse::web, URI.create("https://invalid.example"));
            Optional<Path> secret = fields.required("secret-file", this::secret, Optional.empty());
            Set<String> events = events(fields.node("events"));
            boolean addresses = fields.optional("addresses", Parse::bool, false);
            secret.ifPresent(path -> webhooks.add(new Webhook(url, path, events, addresses)));
        }
        return webhooks;
    }

    private Optional<Path> secret(String text) {
        Path path = folder.resolve(Parse.notBlank(text));
        try {
            Webhook.secret(path);
            return Optional.of(path);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    path + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private Set<String> events(@Nullable Node node) {
        if (node == null) {
            return Set.copyOf(Webhook.EVENTS);
        }
        Set<String> events = new LinkedHashSet<>();
        for (Node entry : file.entries(node)) {
            events.add(file.parsed(entry, WebhooksReader::event, ""));
        }
        return events;
    }

    private static String event(String text) {
        if (!Webhook.EVENTS.contains(text)) {
            throw new IllegalArgumentException("unknown event '" + text + "'" + Nearest.hint(text, Webhook.EVENTS)
                    + "; there are " + String.join(", ", Webhook.EVENTS));
        }
        return text;
    }
}
