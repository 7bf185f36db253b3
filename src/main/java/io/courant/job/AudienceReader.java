package io.courant.job;

import io.courant.audience.Segment;
import io.courant.job.YamlFile.Fields;
import io.courant.render.Nearest;
import io.courant.section.Taxonomy;
import io.courant.section.Topic;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads which part of the subscribers a newsletter is for. */
final class AudienceReader {
    private static final Set<String> CODES = Set.of(Locale.getISOLanguages());

    private final YamlFile file;
    private final Taxonomy taxonomy;
    private final ZoneId zone;

    /** For a newsletter with these topics and this language, whose days begin in the zone. */
    AudienceReader(YamlFile file, Taxonomy taxonomy, ZoneId zone) {
        this.file = file;
        this.taxonomy = taxonomy;
        this.zone = zone;
    }

    Segment read(Fields fields) {
        Node node = fields.node("audience");
        if (node == null) {
            return Segment.ALL;
        }
        Fields audience = file.fields(node, "tags", "topics", "languages", "joined-since");
        @Nullable
        Instant joinedSince = audience.has("joined-since")
                ? audience.optional("joined-since", this::startOfDay, Instant.EPOCH)
                : null;
        return new Segment(
                entries(audience, "tags").stream().map(file::text).collect(Collectors.toCollection(LinkedHashSet::new)),
                topics(audience),
                languages(audience),
                joinedSince);
    }

    private List<Node> entries(Fields audience, String key) {
        Node node = audience.node(key);
        return node == null ? List.of() : file.entries(node);
    }

    private Set<String> topics(Fields audience) {
        List<String> ids = taxonomy.topics().stream().map(Topic::id).toList();
        Set<String> topics = new LinkedHashSet<>();
        for (Node entry : entries(audience, "topics")) {
            String topic = file.text(entry);
            if (!topic.isEmpty() && !ids.contains(topic)) {
                file.problem(
                        entry,
                        "unknown topic '" + topic + "'" + Nearest.hint(topic, ids)
                                + "; the topics of this newsletter are " + String.join(", ", ids));
            }
            topics.add(topic);
            taxonomy.topics().stream().filter(one -> one.id().equals(topic)).forEach(one -> topics.addAll(one.was()));
        }
        return topics;
    }

    /** Those of whom no language is known are taken for readers of the newsletter's. */
    private Set<String> languages(Fields audience) {
        Set<String> languages = new LinkedHashSet<>();
        for (Node entry : entries(audience, "languages")) {
            languages.add(file.parsed(entry, AudienceReader::language, ""));
        }
        if (languages.contains(taxonomy.language().getLanguage())) {
            languages.add("");
        }
        return languages;
    }

    private static String language(String text) {
        String code = text.strip().toLowerCase(Locale.ROOT);
        if (!CODES.contains(code)) {
            throw new IllegalArgumentException(
                    "expected a language's code of ISO 639, such as en or de, found '" + text + "'");
        }
        return code;
    }

    private Instant startOfDay(String text) {
        try {
            return LocalDate.parse(text.strip()).atStartOfDay(zone).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a date such as 2026-01-31, found '" + text + "'", e);
        }
    }
}
