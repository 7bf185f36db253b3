package io.courant.delivery;

import jakarta.mail.internet.MimeUtility;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Header values as RFC 5322 wants them: folded within 78 columns, and in encoded words (RFC 2047) when they are not
 * plain ASCII, look encoded already, or have a word too long to fold.
 */
final class HeaderText {
    static final String FOLD = "\r\n ";
    private static final int LONGEST_WORD = 60;
    // With =?UTF-8?B? and ?= this makes 64 columns, so that a header's name fits before it.
    private static final int BYTES_PER_WORD = 39;
    private static final Pattern ATOMS = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*");

    private HeaderText() {}

    /** A control character would end the header and begin another. */
    static String refuseControls(String name, String value) {
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    name + " contains a line break or another control character: '" + value.strip() + "'");
        }
        return value;
    }

    /** An unstructured value, such as a subject. */
    static String unstructured(String name, String value) {
        refuseControls(name, value);
        return isPlain(value) ? MimeUtility.fold(name.length() + 2, value) : encodedWords(value);
    }

    /** A display name before an address or an id in angle brackets; the name may be empty. */
    static String phrase(String name, String phrase, String angle) {
        refuseControls(name, phrase);
        if (phrase.isEmpty()) {
            return angle;
        }
        String words;
        if (!isPlain(phrase) || phrase.length() > LONGEST_WORD) {
            words = encodedWords(phrase);
        } else if (ATOMS.matcher(phrase).matches()) {
            words = phrase;
        } else {
            words = '"' + phrase.replaceAll("[\"\\\\]", "\\\\$0") + '"';
        }
        int lastLine = words.length() - (words.lastIndexOf('\n') + 1);
        boolean fits = name.length() + 2 + lastLine + 1 + angle.length() <= 76;
        return words + (fits ? " " : FOLD) + angle;
    }

    private static boolean isPlain(String value) {
        if (!value.equals(value.strip()) || value.contains("=?")) {
            return false;
        }
        int word = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            word = c == ' ' ? 0 : word + 1;
            if (c > '~' || word > LONGEST_WORD) {
                return false;
            }
        }
        return true;
    }

    private static String encodedWords(String value) {
        StringBuilder words = new StringBuilder();
        StringBuilder chunk = new StringBuilder();
        int bytes = 0;
        // RFC 2047 §5: each encoded word holds whole characters.
        for (int codePoint : value.codePoints().toArray()) {
            int length = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
            if (bytes + length > BYTES_PER_WORD) {
                words.append(encodedWord(chunk)).append(FOLD);
                chunk.setLength(0);
                bytes = 0;
            }
            chunk.appendCodePoint(codePoint);
            bytes += length;
        }
        return words.append(encodedWord(chunk)).toString();
    }

    private static String encodedWord(CharSequence chunk) {
        byte[] bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
    }
}
