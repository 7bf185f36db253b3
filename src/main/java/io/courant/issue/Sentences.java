package io.courant.issue;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the whole sentences of running text. Lists, code, tables and lines without a final stop (subheadings,
 * captions) hold none.
 */
final class Sentences {
    private static final Pattern PARAGRAPH = Pattern.compile("\\r?\\n(\\h*\\r?\\n)+");
    private static final Pattern LIST_LINE = Pattern.compile("\\s*([-*•‣◦–+]|\\(?\\d{1,3}[.)]|\\(?[a-z]\\))\\s.*");
    private static final Pattern CODE_LINE = Pattern.compile(
            "( {4}|\\t).*" // indented
                    + "|.*([{}]|\\);)\\s*" // ends as code does
                    + "|.*(\\|.*\\||\\t).*" // cells of a table
                    + "|\\s*(//|#|\\$ |>>> ).*" // comment, heading, prompt
                    + "|\\s*[\\w.\\[\\]]+\\s*=\\s*\\S.*"); // assignment
    private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");
    // explicit directions: half of a pair would turn around what stands after the teaser
    private static final Pattern BIDI_CONTROLS = Pattern.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]");
    private static final Pattern FINAL_STOP = Pattern.compile("(?s).*[.!?…。！？｡؟۔।॥։][\"'”’»)\\]」』）]*");
    private static final Set<String> ABBREVIATIONS = Set.of(
            "dr", "mr", "mrs", "ms", "prof", "st", "vs", "fig", "figs", "e.g", "i.e", "etc", "cf", "al", "no", "nos",
            "vol", "pp", "ch", "sec", "eq", "eqs", "ref", "refs", "approx", "resp", "ca", "jr", "sr", "inc", "ltd",
            "co", "corp", "dept", "est", "u.s", "u.k", "a.m", "p.m", "z.b", "d.h", "u.a", "bzw", "nr", "abb", "usw",
            "vgl", "ggf", "bspw", "p.ex", "m", "mme", "sra");

    private static final Set<String> NEVER_LAST = Set.of("e.g", "i.e", "cf", "vs", "fig", "figs", "dr", "z.b", "d.h");

    private Sentences() {}

    /** At most so many sentences from the beginning of a text, each on one line. */
    static List<String> of(String text, Locale locale, int limit) {
        List<String> sentences = new ArrayList<>();
        boolean fenced = false;
        for (String paragraph : PARAGRAPH.split(text, -1)) {
            List<String> prose = new ArrayList<>();
            boolean other = false;
            for (String line : paragraph.lines().toList()) {
                boolean fence = FENCE.matcher(line).matches();
                fenced ^= fence;
                // What follows a list mark on the next lines belongs to the list.
                other |= fence || fenced || LIST_LINE.matcher(line).matches() || isCode(line);
                if (!other) {
                    prose.add(line.strip());
                }
            }
            split(joined(prose), locale, sentences);
            if (sentences.size() >= limit) {
                return sentences.subList(0, limit);
            }
        }
        return sentences;
    }

    private static boolean isCode(String line) {
        return CODE_LINE.matcher(line).matches();
    }

    /** Lines of one paragraph as one line; Chinese and Japanese are joined without a space. */
    private static String joined(List<String> lines) {
        StringBuilder paragraph = new StringBuilder();
        for (String line : lines) {
            boolean space = paragraph.length() > 0
                    && !line.isEmpty()
                    && !(isWide(paragraph.codePointBefore(paragraph.length())) && isWide(line.codePointAt(0)));
            paragraph.append(space ? " " : "").append(line);
        }
        return BIDI_CONTROLS.matcher(paragraph).replaceAll("").replaceAll("[\\s\\p{Z}]+", " ");
    }

    private static boolean isWide(int c) {
        return Words.isIdeographic(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF60);
    }

    private static void split(String paragraph, Locale locale, List<String> sentences) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(locale);
        breaks.setText(paragraph);
        StringBuilder sentence = new StringBuilder();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            String piece = paragraph.substring(start, end);
            if (isContinued(sentence, piece)) {
                sentence.append(piece);
            } else {
                keep(sentence, sentences);
                sentence.setLength(0);
                sentence.append(piece);
            }
        }
        keep(sentence, sentences);
    }

    private static void keep(StringBuilder sentence, List<String> sentences) {
        String whole = sentence.toString().strip();
        boolean announces = NEVER_LAST.contains(lastWord(whole).toLowerCase(Locale.ROOT)); // a list, which is left out
        if (FINAL_STOP.matcher(whole).matches() && !announces) {
            sentences.add(whole);
        }
    }

    // java.text knows no abbreviations (Unicode UAX #29 §5 leaves them to the caller).
    private static boolean isContinued(StringBuilder before, String piece) {
        if (before.isEmpty() || piece.isBlank()) {
            return true;
        }
        if (Character.isLowerCase(piece.stripLeading().codePointAt(0))) {
            return true;
        }
        String word = lastWord(before.toString().stripTrailing());
        boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I");
        return initial || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** The word before a final full stop; empty when there is none. */
    private static String lastWord(String text) {
        if (!text.endsWith(".")) {
            return "";
        }
        int end = text.length() - 1;
        int start = end;
        while (start > 0 && (Character.isLetterOrDigit(text.charAt(start - 1)) || text.charAt(start - 1) == '.')) {
            start--;
        }
        return text.substring(start, end);
    }
}
