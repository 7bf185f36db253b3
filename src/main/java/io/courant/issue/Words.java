package io.courant.issue;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Takes text apart into words. Chinese and Japanese leave no space between words; there each character counts. */
final class Words {
    private Words() {}

    /** Whether this is a character of a script without spaces between words. */
    static boolean isIdeographic(int c) {
        UnicodeScript script = UnicodeScript.of(c);
        return script == UnicodeScript.HAN
                || script == UnicodeScript.HIRAGANA
                || script == UnicodeScript.KATAKANA
                || c == 0x30FC; // the long vowel of Katakana, which Unicode counts to no single script
    }

    /** Hands over the words in order, an ideographic character being a word of its own. */
    static void forEach(String text, Consumer<String> reader) {
        int start = -1;
        int end = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            end = i + Character.charCount(c);
            boolean ideographic = isIdeographic(c);
            boolean inWord = !ideographic && isPartOfWord(c, start >= 0);
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord && start >= 0) {
                reader.accept(text.substring(start, i));
                start = -1;
            }
            if (ideographic) {
                reader.accept(text.substring(i, end));
            }
        }
        if (start >= 0) {
            reader.accept(text.substring(start, end));
        }
    }

    /** What a text is about: its longer words, names and numbers; pairs of ideographic characters. */
    static List<String> content(String text, Language language) {
        List<String> content = new ArrayList<>();
        StringBuilder previous = new StringBuilder(2);
        forEach(text, word -> {
            boolean ideographic = isIdeographic(word.codePointAt(0));
            if (ideographic && !previous.isEmpty()) {
                content.add(previous + word);
            } else if (!ideographic && isContent(word, language)) {
                content.add(word.toLowerCase(Locale.ROOT));
            }
            previous.setLength(0);
            previous.append(ideographic ? word : "");
        });
        return content;
    }

    private static boolean isContent(String word, Language language) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean acronym = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT)) && !word.equals(lower);
        return acronym
                || (word.length() > 1 && Character.isDigit(word.codePointAt(0)))
                || (word.length() >= shortest(word) && !language.function().contains(lower));
    }

    /** How long a word is that is none of the small ones: Korean writes syllables, Hebrew and Arabic no vowels. */
    private static int shortest(String word) {
        return switch (UnicodeScript.of(word.codePointAt(0))) {
            case HANGUL -> 2;
            case ARABIC, HEBREW -> 3;
            default -> 4;
        };
    }

    private static boolean isPartOfWord(int c, boolean within) {
        int type = Character.getType(c);
        boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        return Character.isLetterOrDigit(c) || (within && (mark || c == '\'' || c == '’' || c == '-' || c == 0x200C));
    }
}
