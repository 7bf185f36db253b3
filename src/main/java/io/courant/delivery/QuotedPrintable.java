package io.courant.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Quoted-printable (RFC 2045 §6.7) with two promises that Jakarta Mail's encoder does not make: no line begins with a
 * dot, so nothing is left to stuff on the wire (RFC 5321 §4.5.2), and a slot has a line of its own between soft
 * breaks, so that no value changes the length of the lines around it.
 */
final class QuotedPrintable {
    private static final int LAST_COLUMN = 75; // 76 with the '=' of a soft break
    private static final byte[] SOFT_BREAK = {'=', '\r', '\n'};
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream out;
    private int column;

    QuotedPrintable(int expected) {
        this.out = new ByteArrayOutputStream(expected);
    }

    /** A value for a slot. */
    static byte[] encode(String value) {
        QuotedPrintable encoder = new QuotedPrintable(value.length() + 16);
        encoder.write(value, false);
        return encoder.bytes();
    }

    /** Appends text; every line end becomes CRLF. */
    void append(String text, boolean beforeSlot) {
        write(text, !beforeSlot);
    }

    /** Appends a mark that stands for a value, on a line of its own. */
    void slot(byte[] mark) {
        if (column > 0) {
            softBreak();
        }
        out.writeBytes(mark);
        softBreak();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private void write(String text, boolean toTheEnd) {
        int length = text.length();
        for (int i = 0; i < length; ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (c == '\r' || c == '\n') {
                if (c == '\r' && next < length && text.charAt(next) == '\n') {
                    next++;
                }
                out.write('\r');
                out.write('\n');
                column = 0;
            } else if (c == ' ' || c == '\t') {
                boolean last = next == length ? toTheEnd : text.charAt(next) == '\r' || text.charAt(next) == '\n';
                plainOrEncoded(c, last); // white space at a line's end would be lost in transport
            } else if (c < 0x80) {
                plainOrEncoded(c, c < ' ' || c == '=' || c == 0x7F);
            } else {
                encoded(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
            i = next;
        }
    }

    private void plainOrEncoded(int c, boolean encode) {
        if (column + 1 > LAST_COLUMN) {
            softBreak();
        }
        if (encode || (c == '.' && column == 0)) {
            encoded(new byte[] {(byte) c});
        } else {
            out.write(c);
            column++;
        }
    }

    private void encoded(byte[] character) {
        if (column + 3 * character.length > LAST_COLUMN) {
            softBreak();
        }
        for (byte b : character) {
            out.write('=');
            out.write(HEX[(b >> 4) & 0xF]);
            out.write(HEX[b & 0xF]);
        }
        column += 3 * character.length;
    }

    private void softBreak() {
        out.writeBytes(SOFT_BREAK);
        column = 0;
    }
}
