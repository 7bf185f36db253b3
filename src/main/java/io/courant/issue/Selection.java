package io.courant.issue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an issue has so far, and how much a further candidate would add to it by maximal marginal relevance (Carbonell
 * and Goldstein, "The Use of MMR", 1998): what says much the same as an item that is there already, adds less.
 */
final class Selection {
    private static final double LAMBDA = 0.7;
    private static final int MOST_TEXT = 20_000; // the beginning of a text says what it is about

    private final int perSource;
    private final Locale language;
    private final List<Candidate> taken = new ArrayList<>();
    private final Map<String, Integer> bySource = new HashMap<>();
    private final Map<Long, Map<String, Double>> words = new HashMap<>();

    /**
     * @param perSource how many items of one source fit under all topics
     * @param language of the texts, as a rule
     */
    Selection(int perSource, Locale language) {
        this.perSource = perSource;
        this.language = language;
    }

    void add(Candidate candidate) {
        taken.add(candidate);
        bySource.merge(candidate.source(), 1, Integer::sum);
    }

    /** How many more items of a source fit. */
    int room(String source) {
        return Math.max(0, perSource - bySource.getOrDefault(source, 0));
    }

    /** How much a candidate adds to the selection and these further ones; relevance is from 0 to 1. */
    double value(Candidate candidate, double relevance, List<Candidate> further) {
        double likeness = 0;
        for (Candidate other : taken) {
            likeness = Math.max(likeness, likeness(candidate, other));
        }
        for (Candidate other : further) {
            likeness = Math.max(likeness, likeness(candidate, other));
        }
        return LAMBDA * relevance - (1 - LAMBDA) * likeness;
    }

    /** Cosine between the words of two candidates, each weighing 1 + ln f. */
    private double likeness(Candidate one, Candidate other) {
        Map<String, Double> some = words(one);
        Map<String, Double> more = words(other);
        double product = 0;
        for (Map.Entry<String, Double> word : some.entrySet()) {
            product += word.getValue() * more.getOrDefault(word.getKey(), 0.0);
        }
        return product;
    }

    private Map<String, Double> words(Candidate candidate) {
        return words.computeIfAbsent(candidate.section(), id -> {
            String text = candidate.text();
            Map<String, Double> counts = new TreeMap<>(); // summed in the same order each time
            String start = text.substring(0, Math.min(text.length(), MOST_TEXT));
            Words.content(candidate.heading() + "\n" + start, Language.of(text, language))
                    .forEach(word -> counts.merge(word, 1.0, Double::sum));
            double squares = 0;
            for (Map.Entry<String, Double> word : counts.entrySet()) {
                word.setValue(1 + StrictMath.log(word.getValue()));
                squares += word.getValue() * word.getValue();
            }
            double length = StrictMath.sqrt(squares);
            counts.replaceAll((word, weight) -> weight / length);
            return counts;
        });
    }
}
