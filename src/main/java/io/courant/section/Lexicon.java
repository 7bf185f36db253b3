package io.courant.section;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
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
        this.analysis = Analysis.of(taxonomy.language());
        for (Topic topic : taxonomy.topics()) {
            topic.seeds().forEach(seed -> learn(analysed(seed.term())));
        }
    }

    private record Term(int number, List<String> words) {}

    private void learn(List<Analysis.Word> seed) {
        boolean says = !seed.stream().allMatch(Analysis.Word::stop);
        List<String> words = texts(seed);
        if (says && !terms.containsKey(words)) {
            Term term = new Term(terms.size(), words);
            terms.put(term.words(), term.number());
            termsByFirstWord
                    .computeIfAbsent(words.get(0), first -> new ArrayList<>())
                    .add(term);
        }
    }

    /** The number of a seed term, the same for all its spellings; none when it has nothing but stop words. */
    Optional<Integer> term(String seed) {
        return Optional.ofNullable(terms.get(texts(analysed(seed))));
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
            List<Analysis.Word> analysed = analysed(field.text(section));
            List<String> found = texts(analysed);
            int length = 0;
            for (int i = 0; i < found.size(); i++) {
                String word = found.get(i);
                if (!analysed.get(i).stop()) {
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

    private List<Analysis.Word> analysed(String text) {
        List<Analysis.Word> found = new ArrayList<>();
        analysis.forEach(text, found::add);
        return found;
    }

    private static List<String> texts(List<Analysis.Word> words) {
        return words.stream().map(Analysis.Word::text).toList();
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
