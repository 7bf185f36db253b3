package io.courant.issue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Quotes the one or two sentences of a section that say most of it. They are quoted whole or not at all: a text
 * without a sentence that fits and stands alone gets no teaser.
 */
final class Teaser {
    static final int MAX_LENGTH = 280;
    private static final int OPENING = 640;
    private static final double NEW_WORDS = 0.30;
    private static final int SENTENCES = 100;
    private static final int MAX_TEXT = 50_000; // of a longer section, the beginning is enough

    /** What feeds put where they cut an excerpt, as in "[…]". */
    private static final Pattern ELLIPSIS = Pattern.compile("(…|\\.\\.\\.|。。)\\P{L}*$");

    private final Locale locale;

    Teaser(Locale locale) {
        this.locale = locale;
    }

    /** One or two sentences, or an empty text. */
    String of(String text) {
        Language language = Language.of(text, locale);
        List<String> sentences = sentences(text, language);
        List<Map<String, Integer>> contents =
                sentences.stream().map(sentence -> counts(sentence, language)).toList();
        Map<String, Integer> whole = new HashMap<>();
        contents.forEach(content -> content.forEach((word, count) -> whole.merge(word, count, Integer::sum)));

        double[] scores = IntStream.range(0, sentences.size())
                .mapToDouble(i -> score(sentences.get(i), i, contents.get(i), whole))
                .toArray();
        List<Integer> candidates = IntStream.range(0, sentences.size())
                .filter(i -> !contents.get(i).isEmpty() && isQuotable(sentences.get(i), language))
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
                .filter(i -> joined(sentences, first, i).length() <= MAX_LENGTH)
                .filter(i ->
                        addsTo(contents.get(first).keySet(), contents.get(i).keySet()))
                .findFirst();
        return second.map(i -> joined(sentences, first, i)).orElse(sentences.get(first));
    }

    /** The first sentences in their order, up to {@value #OPENING} characters; empty if not even one can be quoted. */
    String opening(String text) {
        Language language = Language.of(text, locale);
        StringBuilder opening = new StringBuilder();
        for (String sentence : sentences(text, language)) {
            int length = opening.length() + 1 + sentence.length();
            boolean dangles = opening.isEmpty() && language.isDangling(sentence);
            if (length > OPENING || dangles || !isWhole(sentence)) {
                break;
            }
            opening.append(opening.isEmpty() ? "" : " ").append(sentence);
        }
        return opening.toString();
    }

    private static List<String> sentences(String text, Language language) {
        if (text.length() <= MAX_TEXT) {
            return Sentences.of(text, language, SENTENCES);
        }
        List<String> sentences = Sentences.of(text.substring(0, MAX_TEXT), language, SENTENCES);
        // Where the text was cut, "version 2." may be half of "version 2.1".
        return sentences.size() < SENTENCES && !sentences.isEmpty()
                ? sentences.subList(0, sentences.size() - 1)
                : sentences;
    }

    private static Map<String, Integer> counts(String sentence, Language language) {
        Map<String, Integer> counts = new HashMap<>();
        Words.content(sentence, language).forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts;
    }

    private static double score(String sentence, int index, Map<String, Integer> own, Map<String, Integer> whole) {
        return (.5 * centroid(own, whole) + .5 / Math.sqrt(1 + index)) * lengthFactor(sentence);
    }

    /** Cosine between the sentence's words and those of the whole text. */
    private static double centroid(Map<String, Integer> own, Map<String, Integer> whole) {
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

    private static boolean isQuotable(String sentence, Language language) {
        return sentence.length() <= MAX_LENGTH && isWhole(sentence) && !language.isDangling(sentence);
    }

    private static boolean isWhole(String sentence) {
        return !sentence.contains("://")
                && !sentence.contains("www.")
                && !ELLIPSIS.matcher(sentence).find();
    }

    private static boolean addsTo(Set<String> first, Set<String> second) {
        Set<String> words = new HashSet<>(second);
        words.removeAll(first);
        return words.size() >= NEW_WORDS * second.size();
    }

    /** Two of the sentences in their order. */
    private static String joined(List<String> sentences, int one, int other) {
        String first = sentences.get(Math.min(one, other));
        String second = sentences.get(Math.max(one, other));
        return first + (Sentences.isWide(second.codePointAt(0)) ? "" : " ") + second;
    }
}
