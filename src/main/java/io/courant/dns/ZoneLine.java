package io.courant.dns;

import java.util.ArrayList;
import java.util.List;

/** Records as lines of a zone file (RFC 1035 §5.1). */
final class ZoneLine {
    private static final int LONGEST_STRING = 255; // RFC 1035 §3.3.14

    private ZoneLine() {}

    /** A TXT record, in as many strings as its text needs; receivers join them. */
    static String txt(String name, String text) {
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < text.length(); i += LONGEST_STRING) {
            strings.add('"' + text.substring(i, Math.min(text.length(), i + LONGEST_STRING)) + '"');
        }
        return name + ". IN TXT " + String.join(" ", strings);
    }
}
