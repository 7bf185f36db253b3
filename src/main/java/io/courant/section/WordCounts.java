package io.courant.section;

import java.util.Arrays;
import java.util.Map;

/** How often each of some words occurs; a word is known by its number in a {@link Lexicon}, in ascending order. */
final class WordCounts {
    private final int[] words;
    private final int[] counts;

    WordCounts(Map<Integer, Integer> counted) {
        words = counted.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        counts = Arrays.stream(words).map(word -> counted.getOrDefault(word, 0)).toArray();
    }

    int size() {
        return words.length;
    }

    int word(int i) {
        return words[i];
    }

    int count(int i) {
        return counts[i];
    }
}
