package io.courant.section;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line that begins with a list number, as in {@code 3. Explainable AI}, {@code Trend #3 – Explainable AI} and {@code
 * Mistake 3: Too little data}.
 *
 * @param word what is counted, in lower case, possibly empty
 * @param mark the character that sets the number off
 * @param heading what follows the number
 */
record ListNumber(String word, int value, char mark, String heading) {
    private static final int LONGEST = 120;
    private static final int MOST_WORDS = 14;
    private static final Set<String> COUNTED = Set.of("", "no", "step", "trend", "tip", "part");
    private static final Set<String> COUNTED_NEVER =
            Set.of("figure", "fig", "table", "listing", "abbildung", "tabelle");
    private static final String HAN = "一二三四五六七八九";
    private static final Pattern LINE = Pattern.compile(
            "(?:[-*+•]\\s{1,4})?(?:[\\p{So}\\p{Sk}\\uFE0F\\u200D]{1,9}\\s{0,3})?[*_]{0,3}"
                    + "(?:(?<word>\\p{L}{2,15}(?:[ .]{1,2}\\p{L}{1,15}){0,2})[.°º]?\\s{0,2})??#?[(（]?"
                    + "(?:(?<number>\\p{Nd}{1,3})|(?<han>[" + HAN + "十]{1,3})(?=[、.．]))"
                    + "(?:(?<mark>\\uFE0F?\\u20E3|\\s?[.):.:、)．](?!\\p{Nd})|\\s?[-–—](?=\\s))|(?<=#\\p{Nd}{1,3})\\s)"
                    + "\\s{0,4}(?<heading>\\S.*)",
            Pattern.CASE_INSENSITIVE);

    /** The number and heading of a line that may open a section. */
    static Optional<ListNumber> of(String line) {
        return prefix(line).filter(found -> fits(found.heading()));
    }

    /** The number at the beginning of a line, whatever follows it. */
    static Optional<ListNumber> prefix(String line) {
        String plain = line.strip();
        if (plain.length() > 4 * LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = LINE.matcher(plain.startsWith("🔟") ? "10." + plain.substring("🔟".length()) : plain);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String heading =
                matcher.group("heading").replaceFirst("^[*_]{1,3}(?=\\S)", "").replaceFirst("[*_]{1,3}$", "");
        String word = Objects.requireNonNullElse(matcher.group("word"), "").toLowerCase(Locale.ROOT);
        String mark = Objects.requireNonNullElse(matcher.group("mark"), "#").strip();
        int value = value(matcher.group("number"), Objects.requireNonNullElse(matcher.group("han"), ""));
        return Optional.of(new ListNumber(word, value, mark.charAt(mark.length() - 1), heading.strip()));
    }

    private static int value(@Nullable String number, String han) {
        if (number != null) {
            return Integer.parseInt(number);
        }
        int ten = han.indexOf('十');
        int ones = HAN.indexOf(han.charAt(han.length() - 1)) + 1; // none after a final ten
        return ten < 0 ? ones : (ten == 0 ? 10 : 10 * (HAN.indexOf(han.charAt(0)) + 1)) + ones;
    }

    /** Whether a text has the shape of a heading: short, one line, no end of a sentence. */
    static boolean fits(String heading) {
        return heading.length() >= 2
                && heading.length() <= LONGEST
                && heading.indexOf('\n') < 0
                && ".;,:".indexOf(heading.charAt(heading.length() - 1)) < 0
                && Blocks.words(heading) <= MOST_WORDS;
    }

    /**
     * The words that count something among these numbers. A word that is not known to must be counted from one or down
     * to it: "Java 8: …" and "Java 9: …" are names.
     */
    static Set<String> counted(Collection<ListNumber> numbers) {
        Map<String, Set<Integer>> values = new HashMap<>();
        numbers.forEach(number ->
                values.computeIfAbsent(number.word, word -> new HashSet<>()).add(number.value));
        Set<String> counted = new HashSet<>(COUNTED);
        values.forEach((word, found) -> {
            if (found.contains(1) && found.contains(2) && !COUNTED_NEVER.contains(word)) {
                counted.add(word);
            }
        });
        return counted;
    }
}
