package io.courant.section;

import io.courant.section.Assignment.Reason;
import java.util.ArrayList;
import java.util.HashMap;
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

    private final Background background;
    private final Map<Integer, Topic.Seed> seeds = new HashMap<>();

    SeedQuery(Topic topic, Lexicon lexicon, Background background) {
        this.background = background;
        for (Topic.Seed seed : topic.seeds()) { // "GAN" and "GANs" are one term
            lexicon.term(seed.term())
                    .ifPresent(term ->
                            seeds.merge(term, seed, (one, other) -> other.weight() > one.weight() ? other : one));
        }
    }

    double score(Reading section) {
        double score = 0;
        for (Reason reason : reasons(section)) {
            score += reason.weight();
        }
        return score;
    }

    /** Whether any of the terms was found. */
    boolean isTouched(Reading section) {
        return section.seeds().keySet().stream().anyMatch(seeds::containsKey);
    }

    /** Whether the terms that were found can carry an assignment: one anchor, or two that are different. */
    boolean isCarried(Reading section) {
        int found = 0;
        for (Integer term : section.seeds().keySet()) {
            Topic.Seed seed = seeds.get(term);
            if (seed != null && (seed.isAnchor() || ++found == 2)) {
                return true;
            }
        }
        return false;
    }

    /** What each term contributes to the score, field by field. */
    List<Reason> reasons(Reading section) {
        List<Reason> reasons = new ArrayList<>();
        section.seeds().forEach((term, found) -> {
            Topic.Seed seed = seeds.get(term);
            if (seed == null) {
                return;
            }
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
                Field field = part.getKey();
                double weight = seed.weight() * background.idf(term) * part.getValue() / (K1 + frequency);
                reasons.add(new Reason(seed.term(), field.label(), found.getOrDefault(field, 0), weight));
            }
        });
        return reasons;
    }
}
