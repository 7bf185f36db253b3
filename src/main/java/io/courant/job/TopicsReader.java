package io.courant.job;

import io.courant.job.YamlFile.Fields;
import io.courant.section.Taxonomy;
import io.courant.section.Topic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
        List<Topic> topics = new ArrayList<>();
        for (Node entry : file.entries(node)) {
            Fields topic = file.fields(entry, "id", "title", "seeds");
            String id = topic.required("id", TopicsReader::topicId, "");
            if (!id.isEmpty() && !ids.add(id)) {
                topic.problem("id", "topic '" + id + "' is defined twice");
            }
            topics.add(new Topic(id, topic.text("title"), seeds(topic)));
        }
        return topics;
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
