package io.courant.render;

import java.text.BreakIterator;
import java.util.Locale;

/** Small services to text from strangers. */
final class Prose {
    private Prose() {}

    /**
     * One line of plain text. White space and control characters become single spaces: a line break would leave its
     * place in the text part and forge a header in the subject, an escape sequence would reach the reader's terminal.
     * Bidirectional embeddings and overrides go, because an unclosed one turns round what follows it.
     */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !isForbidden(c))
                .map(c -> Character.isISOControl(c) || Character.isWhitespace(c) ? ' ' : c)
                .forEach(line::appendCodePoint);
        return line.toString().strip().replaceAll(" {2,}", " ");
    }

    /** At most this many characters, cut between words where there are any, with an ellipsis in place of the rest. */
    static String cut(String text, int length) {
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        int limit = text.offsetByCodePoints(0, Math.max(0, length - 1));
        BreakIterator words = BreakIterator.getLineInstance(Locale.ROOT);
        words.setText(text);
        int end = words.isBoundary(limit) ? limit : words.preceding(limit);
        if (end < limit / 2) { // one very long word: cut inside it, but never inside a character
            BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
            characters.setText(text);
            end = characters.isBoundary(limit) ? limit : characters.preceding(limit);
        }
        return text.substring(0, Math.max(0, end)).replaceFirst("[\\s\\p{P}]+$", "") + "…";
    }

    private static boolean isForbidden(int c) {
        return (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                || (c >= 0xFDD0 && c <= 0xFDEF) // noncharacters, which HTML forbids
                || (c & 0xFFFE) == 0xFFFE;
    }
}
