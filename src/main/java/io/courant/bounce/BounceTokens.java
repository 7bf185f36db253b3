package io.courant.bounce;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds our tokens in the addresses that a mail came to (VERP: {@code bounce+TOKEN@…}). */
final class BounceTokens {
    /** A mail may have as many addresses as its writer likes. */
    private static final int MOST = 20;

    // A forwarder that rewrites senders (SRS, BATV) puts its own words before, and an equals sign.
    private static final Pattern BOUNCE = address("bounce");
    private static final Pattern UNSUBSCRIBE = address("unsubscribe");

    private BounceTokens() {}

    private static Pattern address(String name) {
        return Pattern.compile("(?:.*=)?" + name + "\\+([^@=]+)@[^@]*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** What may be tokens of returned mail, in the order of the addresses. */
    static List<String> in(List<String> addressees) {
        return in(addressees, BOUNCE);
    }

    /** What may be tokens of readers who leave ({@code unsubscribe+TOKEN@…}), in the order of the addresses. */
    static List<String> leaving(List<String> addressees) {
        return in(addressees, UNSUBSCRIBE);
    }

    private static List<String> in(List<String> addressees, Pattern address) {
        return addressees.stream()
                .map(address::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .distinct()
                .limit(MOST)
                .toList();
    }
}
