package io.courant.delivery;

import io.courant.render.Flaws;
import java.nio.charset.StandardCharsets;

/** What must hold for the bytes of a message (RFC 5322 §2.1, RFC 5321 §4.5.2), before anybody parses them. */
final class WireRules {
    private static final int LONGEST_LINE = 998;

    private WireRules() {}

    static void apply(byte[] message, Flaws flaws) {
        int length = 0;
        int end = new String(message, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        for (int i = 0; i < message.length; i++) {
            boolean afterCr = i > 0 && message[i - 1] == '\r';
            if (message[i] == 0) {
                flaws.error("wire", "message", "has a NUL, which no relay takes");
            } else if ((message[i] == '\n') != afterCr) {
                flaws.error("wire", "message", "has a line that does not end with CRLF; relays refuse or change it");
            } else if (message[i] < 0 && i < end) {
                flaws.error("wire", "header", "has a byte beyond ASCII; encode it (RFC 2047)");
            }
            length = message[i] == '\n' ? 0 : length + 1;
            if (length > LONGEST_LINE + 1) { // with its CR
                flaws.error("wire", "message", "has a line longer than " + LONGEST_LINE + " bytes; relays break it");
            }
        }
    }
}
