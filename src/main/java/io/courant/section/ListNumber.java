package io.courant.section;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that begins with a list number, as in {@code 3. Explainable AI}, {@code Trend #3 – Explainable AI} and {@code
 * No. 3: Explainable AI}.
 *
 * @param heading what follows the number
 */
record ListNumber(int value, String heading) {
    private static final int LONGEST = 120;
    private static final int MOST_WORDS = 14;
    private static final Pattern LINE = Pattern.compile(
            "(?:[*_]{1,3})?(?:(?:No\\.?|Step|Trend|Tip|Part)\\s?)?#?\\s?(\\p{Nd}{1,3})"
                    + "(?:\\uFE0F?\\u20E3|\\s?[.):.:、)](?!\\p{Nd})|\\s[-–—](?=\\s))\\s{0,4}(\\S.*)",
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
        Matcher matcher = LINE.matcher(plain);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String heading = matcher.group(2).replaceFirst("^[*_]{1,3}(?=\\S)", "").replaceFirst("[*_]{1,3}$", "");
        return Optional.of(new ListNumber(Integer.parseInt(matcher.group(1)), heading.strip()));
    }

    /** Whether a text has the shape of a heading: short, one line, no end of a sentence. */
    static boolean fits(String heading) {
        return heading.length() >= 2
                && heading.length() <= LONGEST
                && heading.indexOf('\n') < 0
                && ".;,:".indexOf(heading.charAt(heading.length() - 1)) < 0
                && Blocks.words(heading) <= MOST_WORDS;
    }
}
