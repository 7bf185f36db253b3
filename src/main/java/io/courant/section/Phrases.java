package io.courant.section;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Takes sections apart into words and phrases of two words, and remembers how each is written most often. */
final class Phrases {
    private static final int SHORTEST = 3;

    private final Analysis analysis;
    private final Map<String, Map<String, Integer>> written = new HashMap<>();

    Phrases(Locale language) {
        this.analysis = Analysis.of(language);
    }

    /** The words and phrases of a section, each once, in a form that is the same for all endings. */
    Set<String> of(Section section) {
        Set<String> found = new LinkedHashSet<>();
        for (Field field : Field.values()) {
            String text = field.text(section);
            Analysis.Word[] before = new Analysis.Word[1];
            analysis.forEach(text, word -> {
                boolean counts = !word.stop() && isContent(word.text());
                if (counts) {
                    found.add(word.text());
                    note(word.text(), text.substring(word.start(), word.end()));
                }
                Analysis.Word last = before[0];
                if (counts
                        && last != null
                        && text.substring(last.end(), word.start()).matches("[ \\u00A0-]")) {
                    String phrase = last.text() + " " + word.text();
                    found.add(phrase);
                    note(phrase, text.substring(last.start(), word.end()));
                }
                before[0] = counts ? word : null;
            });
        }
        return found;
    }

    /** In how many of some texts each word or phrase stands. */
    static Map<String, Integer> counted(Collection<Set<String>> texts) {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(phrases -> phrases.forEach(phrase -> counts.merge(phrase, 1, Integer::sum)));
        return counts;
    }

    private static boolean isContent(String word) {
        return (word.length() >= SHORTEST || word.codePoints().anyMatch(Character::isIdeographic))
                && word.codePoints().anyMatch(Character::isLetter);
    }

    private void note(String phrase, String form) {
        written.computeIfAbsent(phrase, first -> new HashMap<>()).merge(form, 1, Integer::sum);
    }

    /** A word or phrase as it is written most often, without the capital of a sentence's first word. */
    String shown(String phrase) {
        Map<String, Integer> forms = written.getOrDefault(phrase, Map.of(phrase, 1));
        Map<String, Integer> merged = new HashMap<>();
        forms.forEach((form, count) -> {
            String small = form.toLowerCase(Locale.ROOT);
            boolean onlyFirst = form.substring(1).equals(small.substring(1));
            merged.merge(onlyFirst && forms.containsKey(small) ? small : form, count, Integer::sum);
        });
        return merged.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
    }
}
