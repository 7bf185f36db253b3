package io.courant.post;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the title of a text: its first line that is short and no sentence. */
final class TitleLine {
    static final int LONGEST = 150;
    private static final int WRAPPED = 50;
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cs}]+");
    private static final Pattern COUNTED =
            Pattern.compile("(?<word>(?:\\p{L}{2,15}(?:[ .]{1,2}\\p{L}{1,15}){0,2}[.°º]?\\s{0,2})?)#?"
                    + "(?<number>\\p{Nd}{1,3})(?:\\s?[.):：]|\\s?[-–—]\\s|(?<=#\\p{Nd}{1,3})\\s).{0,160}");
    private static final Pattern NUMBERED = Pattern.compile(
            "(?i)\\W{0,4}(?:(?:(?:no\\.?|step|trend|tip|part) ?)?\\p{Nd}{1,3}\\s?[.):、．]|[一二三四五六七八九十]{1,3}[、．]).{0,160}",
            Pattern.UNICODE_CASE);

    private TitleLine() {}

    /** Whether a line may be a title at all. */
    static boolean fits(String line) {
        String title = line.strip();
        return !title.isEmpty()
                && title.length() < LONGEST
                && !title.endsWith(".")
                && !title.endsWith("。")
                && title.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** Whether a line looks like an item of a numbered list, which is a section rather than a title. */
    static boolean isNumbered(String line) {
        return line.length() < LONGEST + 20 && NUMBERED.matcher(line).matches();
    }

    /** The line that is the title. Short sentences before it are passed over, prose ends the search. */
    static OptionalInt in(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty()) {
                continue;
            }
            if (line.length() >= LONGEST || isNumbered(line)) {
                return OptionalInt.empty();
            }
            if (fits(line)) {
                return isWrapped(lines, i) || isCounted(lines, i) ? OptionalInt.empty() : OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether a line begins with a word and a number, and a later one with the same word and the next number. */
    static boolean isCounted(List<String> lines, int i) {
        Matcher first = COUNTED.matcher(lines.get(i).strip());
        if (!first.matches()) {
            return false;
        }
        int number = Integer.parseInt(first.group("number"));
        return lines.subList(i + 1, lines.size()).stream()
                .map(String::strip)
                .filter(line -> line.length() < LONGEST + 20 && line.startsWith(first.group("word")))
                .map(COUNTED::matcher)
                .anyMatch(next -> next.matches() && Math.abs(Integer.parseInt(next.group("number")) - number) == 1);
    }

    /** Whether a line is the first of a paragraph that was wrapped by hand. */
    private static boolean isWrapped(List<String> lines, int i) {
        String next = i + 1 < lines.size() ? lines.get(i + 1).strip() : "";
        return lines.get(i).strip().length() >= WRAPPED
                && !next.isEmpty()
                && Character.isLowerCase(next.codePointAt(0));
    }

    /** A title for a post that has none in its text: its file's name, readable. */
    static String ofFileName(String stem) {
        String words =
                Dates.withoutDate(stem).replaceAll("[-_\\s\\p{Cntrl}]+", " ").strip();
        return words.isEmpty() ? stem : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** Whether two titles are the same but for case, spacing and punctuation. */
    static boolean same(String one, String other) {
        return words(one).equals(words(other));
    }

    private static String words(String title) {
        return title.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    /** One line without control characters and halves of characters, or an empty string. */
    static String oneLine(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip();
    }
}
