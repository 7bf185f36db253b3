package io.courant.delivery;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;

/** The "relaxed" forms of header fields and bodies that DKIM signs (RFC 6376 §3.4). Marks of slots pass unchanged. */
final class Relaxed {
    private Relaxed() {}

    /** RFC 6376 §3.4.2, without the CRLF at the end. */
    static String field(String field) {
        int colon = field.indexOf(':');
        String name = field.substring(0, colon).stripTrailing().toLowerCase(Locale.ROOT);
        String value = field.substring(colon + 1).replace("\r\n", "").replaceAll("[ \t]+", " ");
        return name + ":" + value.replaceAll("^ | $", "");
    }

    /** RFC 6376 §3.4.4. */
    static byte[] body(byte[] body) {
        byte[] lines = lines(body);
        int end = lines.length;
        while (end > 0 && (lines[end - 1] == '\r' || lines[end - 1] == '\n' || lines[end - 1] == ' ')) {
            end--;
        }
        if (end == 0) {
            return new byte[0];
        }
        byte[] relaxed = Arrays.copyOf(lines, end + 2);
        relaxed[end] = '\r';
        relaxed[end + 1] = '\n';
        return relaxed;
    }

    /** Part of a body or of a header field's value: neither what precedes it nor what follows it is white space. */
    static byte[] lines(byte[] text) {
        if (!hasWhiteSpace(text)) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        boolean space = false;
        for (byte b : text) {
            if (b == ' ' || b == '\t') {
                space = true;
            } else {
                if (space && b != '\r' && b != '\n') {
                    out.write(' ');
                }
                space = false;
                out.write(b);
            }
        }
        if (space) {
            out.write(' ');
        }
        return out.toByteArray();
    }

    private static boolean hasWhiteSpace(byte[] text) {
        for (byte b : text) {
            if (b == ' ' || b == '\t') {
                return true;
            }
        }
        return false;
    }
}
