package io.courant.render;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Wraps plain text to 76 columns (RFC 3676 §4.2 advises at most 78). A continued line keeps the indent of its first,
 * and hangs under the text of a list item. An address or a {@link Hole} is never broken, even if it is too long.
 */
final class TextWrap {
    static final int COLUMNS = 76;
    private static final Pattern INDENT = Pattern.compile("^\\s*(?:[-*•·] +|\\d{1,2}[.)] +)?");
    private static final Pattern WHOLE = Pattern.compile(".*(?:://|mailto:).*");

    private final String nonce;

    /** @param nonce counts for nothing in a width, so that lines break alike whatever it is; may be empty */
    TextWrap(String nonce) {
        this.nonce = nonce;
    }

    /** Wrapped text with LF line ends, no blank at a line's end, never two empty lines in a row. */
    String wrap(String text) {
        List<String> lines = new ArrayList<>();
        text.lines().forEach(line -> wrapLine(line.stripTrailing(), lines));
        return String.join("\n", lines).strip().replaceAll("\n{3,}", "\n\n") + "\n";
    }

    private void wrapLine(String line, List<String> lines) {
        if (width(line) <= COLUMNS) {
            lines.add(line);
            return;
        }
        Matcher matcher = INDENT.matcher(line);
        String first = matcher.find() ? matcher.group() : "";
        String indent = " ".repeat(Math.min(first.length(), COLUMNS / 2));
        StringBuilder current = new StringBuilder(first);
        boolean empty = true;
        for (String word : line.substring(first.length()).split(" +", -1)) {
            String gap = empty ? "" : " ";
            for (String piece : pieces(word, COLUMNS - indent.length())) {
                if (!empty && width(current) + gap.length() + width(piece) > COLUMNS) {
                    lines.add(current.toString());
                    current.setLength(0);
                    current.append(indent);
                    gap = "";
                }
                current.append(gap).append(piece);
                gap = "";
                empty = false;
            }
        }
        lines.add(current.toString());
    }

    /** A word as the parts between which a line may end. */
    private List<String> pieces(String word, int room) {
        if (isWhole(word) || (width(word) <= room && word.codePoints().noneMatch(TextWrap::isWide))) {
            return List.of(word);
        }
        List<String> pieces = new ArrayList<>();
        for (String piece : split(word, BreakIterator.getLineInstance(Locale.ROOT))) {
            if (width(piece) <= room) {
                pieces.add(piece);
            } else {
                pieces.addAll(split(piece, BreakIterator.getCharacterInstance(Locale.ROOT)));
            }
        }
        return pieces;
    }

    private boolean isWhole(String word) {
        return WHOLE.matcher(word).matches() || (!nonce.isEmpty() && word.contains(nonce));
    }

    private static List<String> split(String text, BreakIterator breaks) {
        List<String> parts = new ArrayList<>();
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            parts.add(text.substring(start, end));
            start = end;
        }
        return parts;
    }

    private int width(CharSequence text) {
        String counted = nonce.isEmpty() ? text.toString() : text.toString().replace(nonce, "");
        return columns(counted);
    }

    /** How many columns a terminal takes for a text: two for East Asian wide characters and emoji, none for marks. */
    static int columns(String text) {
        return text.codePoints().map(c -> isMark(c) ? 0 : isWide(c) ? 2 : 1).sum();
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT;
    }

    // Unicode Standard Annex 11, the blocks of classes W and F.
    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }
}
