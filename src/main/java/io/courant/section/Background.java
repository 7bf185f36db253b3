package io.courant.section;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What an archive of sections says about the terms and topics of a newsletter: how rare a term is, how long a field
 * usually is, how a topic usually scores. It never changes once made; an empty archive is a background too.
 */
public final class Background {
    /** How many sections an archive needs before a topic's usual score means something. */
    public static final int ENOUGH = 50;

    private static final double LEAST_IDF = 0.1; // a term that every section has still says a little

    private final Terms terms;
    private final int sections;
    private final Map<List<String>, Integer> documentFrequencies = new HashMap<>();
    private final Map<Field, Double> averageLengths = new EnumMap<>(Field.class);
    private final Map<String, Usual> usualScores = new HashMap<>();

    private record Usual(double mean, double deviation) {}

    private Background(List<Topic> topics, Collection<Section> archive, Locale language) {
        terms = new Terms(topics, language);
        sections = archive.size();
        List<Terms.Counts> counts = archive.stream().map(terms::count).toList();
        for (Terms.Counts section : counts) {
            section.frequencies().keySet().forEach(term -> documentFrequencies.merge(term, 1, Integer::sum));
        }
        for (Field field : Field.values()) {
            averageLengths.put(
                    field,
                    counts.stream()
                            .mapToInt(section -> section.lengths().getOrDefault(field, 0))
                            .filter(length -> length > 0)
                            .average()
                            .orElse(0));
        }
        if (sections >= ENOUGH) {
            topics.forEach(topic -> usualScores.put(topic.id(), usual(new SeedQuery(topic, this), counts)));
        }
    }

    /** The background of an English archive. */
    public static Background of(List<Topic> topics, Collection<Section> archive) {
        return of(topics, archive, Locale.ENGLISH);
    }

    /**
     * The background of an archive.
     *
     * @param topics the topics that will be scored against it
     * @param language what the sections are written in; endings and stop words are known for English
     */
    public static Background of(List<Topic> topics, Collection<Section> archive, Locale language) {
        return new Background(topics, archive, language);
    }

    /**
     * The topic's score where it is not the subject. Over all sections, a topic that fills a tenth of the archive would
     * raise its own bar, and half of its sections would stay below it.
     */
    private static Usual usual(SeedQuery query, List<Terms.Counts> sections) {
        double[] scores = sections.stream()
                .filter(section -> !query.isCarried(section))
                .mapToDouble(query::score)
                .toArray();
        double mean = 0;
        for (double score : scores) {
            mean += score / scores.length;
        }
        double variance = 0;
        for (double score : scores) {
            variance += (score - mean) * (score - mean) / scores.length;
        }
        return new Usual(mean, Math.sqrt(variance));
    }

    Terms terms() {
        return terms;
    }

    /** Robertson and Spärck Jones' weight with one added, so that it is positive (Lucene's form of BM25). */
    double idf(List<String> term) {
        int found = documentFrequencies.getOrDefault(term, 0);
        return Math.max(LEAST_IDF, Math.log1p((sections - found + 0.5) / (found + 0.5)));
    }

    /** A field's length relative to the usual one. */
    double relativeLength(Field field, int length) {
        double average = averageLengths.getOrDefault(field, 0.0);
        return average == 0 ? 1 : length / average;
    }

    /** How far a score lies above what the topic usually has, in standard deviations; nothing in a small archive. */
    OptionalDouble z(String topic, double score) {
        Usual usual = usualScores.get(topic);
        if (usual == null) {
            return OptionalDouble.empty();
        }
        double above = score - usual.mean();
        return OptionalDouble.of(
                above == 0
                        ? 0
                        : usual.deviation() == 0
                                ? Math.copySign(Double.POSITIVE_INFINITY, above)
                                : above / usual.deviation());
    }
}
