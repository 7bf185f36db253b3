package io.courant.section;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Knows the seed terms of all topics, gives each word a number, and reads sections with both. */
final class Lexicon {
    private final Analysis analysis;
    private final Map<List<String>, Integer> terms = new HashMap<>();
    private final Map<String, List<Term>> termsByFirstWord = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    Lexicon(Taxonomy taxonomy) {
        this(taxonomy.topics(), taxonomy.language());
    }

    private Lexicon(List<Topic> topics, Locale language) {
        this.analysis = Analysis.of(language);
        for (Topic topic : topics) {
            topic.seeds().forEach(seed -> learn(analysed(seed.term())));
        }
    }

    private record Term(int number, List<String> words) {}

    private void learn(List<String> words) {
        boolean says = !words.stream().allMatch(analysis::isStopWord);
        if (says && !terms.containsKey(words)) {
            Term term = new Term(terms.size(), List.copyOf(words));
            terms.put(term.words(), term.number());
            termsByFirstWord
                    .computeIfAbsent(words.get(0), first -> new ArrayList<>())
                    .add(term);
        }
    }

    /** The number of a seed term, the same for all its spellings; none when it has nothing but stop words. */
    Optional<Integer> term(String seed) {
        return Optional.ofNullable(terms.get(analysed(seed)));
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
        Map<Integer, Map<Field, Integer>> seeds = new TreeMap<>();
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
                for (Term term : termsByFirstWord.getOrDefault(word, List.of())) {
                    int end = i + term.words().size();
                    if (end <= found.size() && found.subList(i, end).equals(term.words())) {
                        seeds.computeIfAbsent(term.number(), first -> new EnumMap<>(Field.class))
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
