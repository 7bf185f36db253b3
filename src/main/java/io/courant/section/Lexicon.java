package io.courant.section;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Knows the seed terms of all topics, gives each word a number, and reads sections with both. */
final class Lexicon {
    private final Analysis analysis;
    private final Map<String, List<List<String>>> phrasesByFirstWord = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    Lexicon(Taxonomy taxonomy) {
        this(taxonomy.topics(), taxonomy.language());
    }

    private Lexicon(List<Topic> topics, Locale language) {
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
        List<String> phrase = analysed(term);
        return phrase.stream().allMatch(analysis::isStopWord) ? List.of() : List.copyOf(phrase);
    }

    /** The word of a number. */
    String word(int number) {
        return words.get(number);
    }

    /** How many words there are; their numbers begin with zero. */
    int size() {
        return words.size();
    }

    Reading read(Section section) {
        Map<List<String>, Map<Field, Integer>> seeds = new LinkedHashMap<>();
        Map<Field, Integer> lengths = new EnumMap<>(Field.class);
        Map<Integer, Integer> counted = new HashMap<>();
        for (Field field : Field.values()) {
            List<String> found = analysed(field.text(section));
            int length = 0;
            for (int i = 0; i < found.size(); i++) {
                String word = found.get(i);
                if (!analysis.isStopWord(word)) {
                    length++;
                    counted.merge(number(word), 1, Integer::sum);
                }
                for (List<String> phrase : phrasesByFirstWord.getOrDefault(word, List.of())) {
                    int end = i + phrase.size();
                    if (end <= found.size() && found.subList(i, end).equals(phrase)) {
                        seeds.computeIfAbsent(phrase, first -> new EnumMap<>(Field.class))
                                .merge(field, 1, Integer::sum);
                    }
                }
            }
            lengths.put(field, length);
        }
        return new Reading(seeds, lengths, new WordCounts(counted));
    }

    private List<String> analysed(String text) {
        List<String> found = new ArrayList<>();
        analysis.forEach(text, word -> found.add(word.text()));
        return found;
    }

    private int number(String word) {
        Integer known = numbers.putIfAbsent(word, words.size());
        if (known != null) {
            return known;
        }
        words.add(word);
        return words.size() - 1;
    }
}
