package io.courant.section;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A topic's seeds as a BM25F query (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, section
 * 3.5): a term's frequencies are weighted and summed over the fields before they saturate.
 */
final class SeedQuery {
    private static final double K1 = 1.2;
    private static final double B = 0.75;

    private final Topic topic;
    private final Background background;
    private final Map<List<String>, Topic.Seed> seeds = new LinkedHashMap<>();

    SeedQuery(Topic topic, Background background) {
        this.topic = topic;
        this.background = background;
        for (Topic.Seed seed : topic.seeds()) { // "GAN" and "GANs" are one term
            List<String> phrase = background.terms().phrase(seed.term());
            if (!phrase.isEmpty()) {
                seeds.merge(phrase, seed, (one, other) -> other.weight() > one.weight() ? other : one);
            }
        }
    }

    double score(Terms.Counts section) {
        return reasons(section).stream().mapToDouble(Assignment.Reason::weight).sum();
    }

    /** The topic with its score, whatever the guards say. */
    Assignment assignment(Terms.Counts section) {
        List<Assignment.Reason> reasons = reasons(section);
        return new Assignment(
                topic.id(),
                reasons.stream().mapToDouble(Assignment.Reason::weight).sum(),
                reasons);
    }

    /** Whether the terms that were found can carry an assignment: one anchor, or two that are different. */
    boolean isCarried(Terms.Counts section) {
        List<Topic.Seed> found = seeds.entrySet().stream()
                .filter(seed -> section.frequencies().containsKey(seed.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return found.size() >= 2 || found.stream().anyMatch(Topic.Seed::isAnchor);
    }

    private List<Assignment.Reason> reasons(Terms.Counts section) {
        List<Assignment.Reason> reasons = new ArrayList<>();
        seeds.forEach((phrase, seed) -> {
            Map<Field, Integer> found = section.frequencies().getOrDefault(phrase, Map.of());
            Map<Field, Double> parts = new LinkedHashMap<>();
            double frequency = 0;
            for (Map.Entry<Field, Integer> hit : found.entrySet()) {
                Field field = hit.getKey();
                double length =
                        background.relativeLength(field, section.lengths().getOrDefault(field, 0));
                double part = field.boost * hit.getValue() / (1 - B + B * length);
                parts.put(field, part);
                frequency += part;
            }
            for (Map.Entry<Field, Double> part : parts.entrySet()) {
                double weight = seed.weight() * background.idf(phrase) * part.getValue() / (K1 + frequency);
                reasons.add(new Assignment.Reason(seed.term(), part.getKey().label(), weight));
            }
        });
        reasons.sort(Comparator.comparingDouble(Assignment.Reason::weight)
                .reversed()
                .thenComparing(Assignment.Reason::term)
                .thenComparing(Assignment.Reason::field));
        return reasons;
    }
}
