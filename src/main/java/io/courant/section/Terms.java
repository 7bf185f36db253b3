package io.courant.section;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The seed terms of all topics, and how often a section has each of them, field by field. */
final class Terms {
    private final Analysis analysis;
    private final Map<String, List<List<String>>> phrasesByFirstWord = new HashMap<>();

    Terms(Collection<Topic> topics, Locale language) {
        this.analysis = Analysis.of(language);
        topics.stream()
                .flatMap(topic -> topic.seeds().stream())
                .map(seed -> phrase(seed.term()))
                .filter(phrase -> !phrase.isEmpty())
                .distinct()
                .forEach(phrase -> phrasesByFirstWord
                        .computeIfAbsent(phrase.get(0), word -> new ArrayList<>())
                        .add(phrase));
    }

    /** The words of a seed term; empty when it has nothing but stop words. */
    List<String> phrase(String term) {
        List<String> words = analysis.words(term);
        return words.stream().allMatch(analysis::isStopWord) ? List.of() : List.copyOf(words);
    }

    /**
     * What a section has of the terms.
     *
     * @param frequencies how often each term that occurs stands in each field
     * @param lengths words in each field, stop words not counted
     */
    record Counts(Map<List<String>, Map<Field, Integer>> frequencies, Map<Field, Integer> lengths) {}

    Counts count(Section section) {
        Map<List<String>, Map<Field, Integer>> frequencies = new LinkedHashMap<>();
        Map<Field, Integer> lengths = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            List<String> words = analysis.words(field.text(section));
            int length = 0;
            for (int i = 0; i < words.size(); i++) {
                length += analysis.isStopWord(words.get(i)) ? 0 : 1;
                for (List<String> phrase : phrasesByFirstWord.getOrDefault(words.get(i), List.of())) {
                    int end = i + phrase.size();
                    if (end <= words.size() && words.subList(i, end).equals(phrase)) {
                        frequencies
                                .computeIfAbsent(phrase, found -> new EnumMap<>(Field.class))
                                .merge(field, 1, Integer::sum);
                    }
                }
            }
            lengths.put(field, length);
        }
        return new Counts(frequencies, lengths);
    }
}
