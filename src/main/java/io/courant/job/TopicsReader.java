package io.courant.job;

import io.courant.job.YamlFile.Fields;
import io.courant.section.Taxonomy;
import io.courant.section.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what a job file says of its topics. */
final class TopicsReader {
    private final YamlFile file;

    TopicsReader(YamlFile file) {
        this.file = file;
    }

    Taxonomy read(Fields fields) {
        Taxonomy taxonomy = new Taxonomy(
                topics(fields),
                fields.optional("exclusive-topics", Parse::bool, false),
                fields.optional("language", Parse::language, Locale.ENGLISH));
        for (String seed : taxonomy.silentSeeds()) {
            fields.problem(
                    "topics",
                    "seed '" + seed
                            + "' has nothing but words that every text has, and would never be found; use a phrase"
                            + " with a word that means the topic");
        }
        return taxonomy;
    }

    private List<Topic> topics(Fields fields) {
        Node node = fields.node("topics");
        if (node == null || file.entries(node).isEmpty()) {
            fields.problem(
                    "topics",
                    (node == null ? "key 'topics' is missing" : "there are no topics")
                            + "; name at least one {id: …, title: …, seeds: {term: weight}}");
            return List.of();
        }
        Set<String> ids = new LinkedHashSet<>();
        Map<Node, String> formerIds = new LinkedHashMap<>();
        List<Topic> topics = new ArrayList<>();
        for (Node entry : file.entries(node)) {
            Fields topic = file.fields(entry, "id", "title", "seeds", "was");
            String id = topic.required("id", TopicsReader::topicId, "");
            if (!id.isEmpty() && !ids.add(id)) {
                topic.problem("id", "topic '" + id + "' is defined twice");
            }
            Map<Node, String> was = was(topic);
            formerIds.putAll(was);
            topics.add(new Topic(id, topic.text("title"), seeds(topic), List.copyOf(was.values())));
        }
        formerIds.forEach((entry, id) -> {
            if (ids.contains(id)) {
                file.problem(
                        entry,
                        "'" + id + "' is the id of a topic, so that none can have taken its place; name an id that this"
                                + " newsletter has no more");
            }
        });
        return topics;
    }

    private Map<Node, String> was(Fields topic) {
        Node node = topic.node("was");
        Map<Node, String> ids = new LinkedHashMap<>();
        if (node != null) {
            file.entries(node).forEach(entry -> ids.put(entry, file.parsed(entry, TopicsReader::topicId, "")));
        }
        return ids;
    }

    private static String topicId(String text) {
        if (!text.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "a topic's id has small letters, digits and hyphens, as in 'edge-ai'; found '" + text + "'");
        }
        return text;
    }

    private List<Topic.Seed> seeds(Fields topic) {
        Node node = topic.node("seeds");
        if (node == null) {
            topic.problem("seeds", "key 'seeds' is missing; give terms with weights 1 to 3, as in {transformer: 3}");
            return List.of();
        }
        List<Topic.Seed> seeds = new ArrayList<>();
        Fields terms = file.fields(node);
        terms.values()
                .forEach((term, weight) ->
                        seeds.add(new Topic.Seed(term, file.parsed(weight, Parse.number(1, Topic.Seed.ANCHOR), 1))));
        if (terms.isEmptyMapping()) {
            topic.problem("seeds", "there are no seeds; give terms with weights 1 to 3, as in {transformer: 3}");
        }
        return seeds;
    }
}
