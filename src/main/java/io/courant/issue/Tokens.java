package io.courant.issue;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;
import org.jsoup.parser.Parser;

/**
 * A text as the sequence of its words, as hashes: blind to case, kinds of quotes and spaces, and to character
 * references that a feed left in. Where a script sets no spaces between words, each character is one.
 */
final class Tokens {
    /** Words to a shingle: fewer are found in unrelated texts, more are broken by every edit. */
    static final int SHINGLE = 5;

    private static final int LONG = 5;
    private static final byte NUMBER = 1;
    private static final byte NAME = 2;
    private static final byte CONTENT = 4;
    private static final byte UNSPACED = 8;

    private int[] words;
    private byte[] kinds;
    private int size;

    private Tokens(int expected) {
        words = new int[expected];
        kinds = new byte[expected];
    }

    static Tokens of(String text) {
        String decoded = text.indexOf('&') < 0 ? text : Parser.unescapeEntities(text, false);
        // NFKC: full-width letters and digits, ligatures and presentation forms are the same words
        return new Tokens(text.length() / 6 + 8).read(Normalizer.normalize(decoded, Normalizer.Form.NFKC));
    }

    int size() {
        return size;
    }

    int word(int i) {
        return words[i];
    }

    boolean isNumber(int i) {
        return (kinds[i] & NUMBER) != 0;
    }

    /** Whether this is written with a capital that no beginning of a sentence asks for. */
    boolean isName(int i) {
        return (kinds[i] & NAME) != 0;
    }

    /** What this word says of the text's subject, the same for the same word; 0 when it says little. */
    int subject(int i) {
        if ((kinds[i] & UNSPACED) != 0) {
            return i + 1 < size && (kinds[i + 1] & UNSPACED) != 0 ? mixed(words[i] * 31 + words[i + 1]) : 0;
        }
        return (kinds[i] & CONTENT) != 0 ? words[i] : 0;
    }

    /** In words; a word of an unspaced script has two characters or so. */
    int length() {
        int unspaced = 0;
        for (int i = 0; i < size; i++) {
            unspaced += kinds[i] >> 3 & 1;
        }
        return size - unspaced + unspaced / 2;
    }

    /** For each place where a shingle begins, the hash of the shingle. */
    int[] shingles() {
        int[] shingles = new int[Math.max(0, size - SHINGLE + 1)];
        for (int i = 0; i < shingles.length; i++) {
            int hash = 0;
            for (int j = i; j < i + SHINGLE; j++) {
                hash = Integer.rotateLeft(hash, 7) * 0x9E3779B1 + words[j];
            }
            shingles[i] = mixed(hash);
        }
        return shingles;
    }

    /** Spreads a hash over all its bits (the finaliser of MurmurHash3). */
    static int mixed(int hash) {
        int h = hash;
        h = (h ^ h >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return h ^ h >>> 16;
    }

    private Tokens read(String text) {
        int hash = 0;
        int letters = 0; // of the word that is being read
        int kind = 0;
        boolean begins = true; // whether a sentence or a quotation does
        int before = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isUnspaced(c)) {
                add(hash, letters, kind);
                add(c, 1, UNSPACED);
                letters = 0;
                begins = false;
            } else if (Character.isLetterOrDigit(c)) {
                if (letters == 0) {
                    hash = 0;
                    kind = !begins && Character.isUpperCase(c) ? NAME | CONTENT : 0;
                    begins = false;
                }
                int digit = Character.digit(c, 10);
                kind |= digit >= 0 ? NUMBER | CONTENT : 0;
                // a script without cases writes fewer vowels, or has longer letters
                int weight = Character.isUpperCase(c) || Character.isLowerCase(c) ? 0 : 1;
                if (c != 0x0640) { // the Arabic stroke that only widens a word
                    hash = (hash ^ (digit >= 0 ? '0' + digit : folded(c))) * 0x01000193;
                    letters++;
                    kind |= letters + weight >= LONG ? CONTENT : 0;
                }
            } else if (letters > 0 && !joins(c, before, i < text.length() ? text.codePointAt(i) : ' ')) {
                add(hash, letters, kind);
                letters = 0;
            }
            if (!Character.isLetterOrDigit(c)) {
                begins |= endsSentence(c) && letters == 0;
            }
            before = c;
        }
        add(hash, letters, kind);
        return this;
    }

    private void add(int hash, int letters, int kind) {
        if (letters > 0) {
            if (size == words.length) {
                words = Arrays.copyOf(words, size * 2);
                kinds = Arrays.copyOf(kinds, size * 2);
            }
            words[size] = mixed(hash);
            kinds[size++] = (byte) kind;
        }
    }

    private static int folded(int c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    /** Whether this character, which is no letter, stands within a word or a number and says nothing there. */
    private static boolean joins(int c, int before, int after) {
        if (c == '\'' || c == '’' || c == '‘' || c == 'ʼ' || c == '`') {
            return Character.isLetter(before) && Character.isLetter(after);
        }
        if (c == '.' || c == ',' || c == ':') { // 1,000 and 1.000; versions; times of day
            return Character.isDigit(before) && Character.isDigit(after);
        }
        int type = Character.getType(c);
        // vowel signs of Arabic and Hebrew, which most copies leave out; soft hyphens and joiners
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.FORMAT;
    }

    private static boolean endsSentence(int c) {
        return ".!?:;…\n\"“”„«»‘(-–—•*#|؟。".indexOf(c) >= 0;
    }

    private static boolean isUnspaced(int c) {
        if (c < 0x0E00 || !Character.isLetter(c)) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(c);
        return Words.isIdeographic(c)
                || script == UnicodeScript.THAI
                || script == UnicodeScript.LAO
                || script == UnicodeScript.KHMER
                || script == UnicodeScript.MYANMAR;
    }
}
