package io.courant.issue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Quotes the one or two sentences of a section that say most of it. They are quoted whole or not at all: a text
 * without a sentence that fits and stands alone gets no teaser.
 */
final class Teaser {
    private static final int MAX_LENGTH = 280;
    private static final double NEW_WORDS = 0.30;
    private static final int SENTENCES = 100;
    private static final int MAX_TEXT = 50_000; // of a longer section, the beginning is enough

    // What these refer to stands in the sentence before, which the reader does not see.
    private static final Set<String> DANGLING = Set.of(
            "he",
            "she",
            "it",
            "they",
            "this",
            "these",
            "those",
            "that",
            "such",
            "its",
            "their",
            "his",
            "her",
            "him",
            "them",
            "both",
            "here",
            "however",
            "therefore",
            "moreover",
            "furthermore",
            "additionally",
            "nevertheless",
            "instead",
            "otherwise",
            "thus",
            "hence",
            "consequently",
            "also",
            "but",
            "and",
            "or",
            "so",
            "yet",
            "then",
            "another",
            "er",
            "sie",
            "es",
            "dies",
            "diese",
            "dieser",
            "dieses",
            "diesen",
            "dabei",
            "damit",
            "daher",
            "deshalb",
            "jedoch",
            "außerdem",
            "solche",
            "il",
            "elle",
            "ils",
            "elles",
            "ce",
            "cet",
            "cette",
            "ces",
            "cela",
            "él",
            "ella",
            "ellos",
            "esto",
            "este",
            "esta",
            "estos",
            "estas",
            "ese",
            "esa");
    private static final Set<String> SUBJECTS = Set.of("he", "she", "it", "they");
    private static final List<String> DANGLING_IDEOGRAPHS =
            List.of("これ", "それ", "この", "その", "しかし", "また", "彼", "他", "她", "它", "这", "這", "那", "但");

    private final Locale locale;

    Teaser(Locale locale) {
        this.locale = locale;
    }

    /** One or two sentences, or an empty text. */
    String of(String text) {
        List<String> sentences = sentences(text);
        Map<String, Integer> whole = new HashMap<>();
        sentences.forEach(sentence -> Words.content(sentence).forEach(word -> whole.merge(word, 1, Integer::sum)));

        double[] scores = IntStream.range(0, sentences.size())
                .mapToDouble(i -> score(sentences.get(i), i, whole))
                .toArray();
        List<Integer> candidates = IntStream.range(0, sentences.size())
                .filter(i -> isQuotable(sentences.get(i)))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i])
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        if (candidates.isEmpty()) {
            return "";
        }
        int first = candidates.get(0);
        Optional<Integer> second = candidates.stream()
                .skip(1)
                .filter(i -> addsTo(sentences.get(first), sentences.get(i)))
                .findFirst();
        return second.map(i -> joined(sentences.get(Math.min(first, i)), sentences.get(Math.max(first, i))))
                .orElse(sentences.get(first));
    }

    private List<String> sentences(String text) {
        if (text.length() <= MAX_TEXT) {
            return Sentences.of(text, locale, SENTENCES);
        }
        List<String> sentences = Sentences.of(text.substring(0, MAX_TEXT), locale, SENTENCES);
        // Where the text was cut, "version 2." may be half of "version 2.1".
        return sentences.size() < SENTENCES && !sentences.isEmpty()
                ? sentences.subList(0, sentences.size() - 1)
                : sentences;
    }

    private static double score(String sentence, int index, Map<String, Integer> whole) {
        return (.5 * centroid(sentence, whole) + .5 / Math.sqrt(1 + index)) * lengthFactor(sentence);
    }

    /** Cosine between the sentence's words and those of the whole text. */
    private static double centroid(String sentence, Map<String, Integer> whole) {
        Map<String, Integer> own = new HashMap<>();
        Words.content(sentence).forEach(word -> own.merge(word, 1, Integer::sum));
        long product = 0;
        for (Map.Entry<String, Integer> word : own.entrySet()) {
            product += (long) word.getValue() * whole.getOrDefault(word.getKey(), 0);
        }
        return product == 0 ? 0 : product / (norm(own) * norm(whole));
    }

    private static double norm(Map<String, Integer> counts) {
        return Math.sqrt(
                counts.values().stream().mapToDouble(count -> count * count).sum());
    }

    /** 1 for a sentence of 8 to 30 words, less for a shorter or longer one; two ideographs stand for a word. */
    private static double lengthFactor(String sentence) {
        long ideographs = sentence.codePoints().filter(Words::isIdeographic).count();
        double[] words = {-ideographs / 2.0};
        Words.forEach(sentence, word -> words[0]++);
        return Math.min(1, Math.min(words[0] / 8, 30 / Math.max(1, words[0])));
    }

    private static boolean isQuotable(String sentence) {
        return sentence.length() <= MAX_LENGTH
                && !sentence.contains("://")
                && !sentence.contains("www.")
                && !isDangling(sentence)
                && !Words.content(sentence).isEmpty();
    }

    private static boolean isDangling(String sentence) {
        String start = sentence.replaceFirst("^[^\\p{L}\\p{N}]+", "");
        String[] words = start.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}]+", 3);
        return DANGLING.contains(words[0])
                || (words.length > 1 && SUBJECTS.contains(words[1])) // "Can it", "When they"
                || DANGLING_IDEOGRAPHS.stream().anyMatch(start::startsWith);
    }

    private static boolean addsTo(String first, String second) {
        if (joined(first, second).length() > MAX_LENGTH) {
            return false;
        }
        Set<String> words = new HashSet<>(Words.content(second));
        int all = words.size();
        words.removeAll(new HashSet<>(Words.content(first)));
        return all > 0 && words.size() >= NEW_WORDS * all;
    }

    private static String joined(String first, String second) {
        boolean wide = Words.isIdeographic(second.codePointAt(0));
        return first + (wide ? "" : " ") + second;
    }
}
