package io.courant.section;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What an archive of sections says about the terms and topics of a newsletter: how rare a term is, how long a field
 * usually is. It never changes once made; an empty archive is a background too.
 */
final class Background {
    /** How many sections an archive needs before a topic's usual score means something. */
    static final int ENOUGH = 50;

    private static final double LEAST_IDF = 0.1; // a term that every section has still says a little

    private final int sections;
    private final Map<Integer, Integer> documentFrequencies = new HashMap<>();
    private final Map<Field, Double> averageLengths = new EnumMap<>(Field.class);

    Background(Collection<Reading> archive) {
        sections = archive.size();
        for (Reading section : archive) {
            section.seeds().keySet().forEach(term -> documentFrequencies.merge(term, 1, Integer::sum));
        }
        for (Field field : Field.values()) {
            averageLengths.put(
                    field,
                    archive.stream()
                            .mapToInt(section -> section.lengths().getOrDefault(field, 0))
                            .filter(length -> length > 0)
                            .average()
                            .orElse(0));
        }
    }

    /** Robertson and Spärck Jones' weight with one added, so that it is positive (Lucene's form of BM25). */
    double idf(int term) {
        int found = documentFrequencies.getOrDefault(term, 0);
        return Math.max(LEAST_IDF, StrictMath.log1p((sections - found + 0.5) / (found + 0.5)));
    }

    /** A field's length relative to the usual one. */
    double relativeLength(Field field, int length) {
        double average = averageLengths.getOrDefault(field, 0.0);
        return average == 0 ? 1 : length / average;
    }
}
