package io.courant.bounce;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds our tokens in the addresses that a mail came back to (VERP: {@code bounce+TOKEN@…}). */
final class BounceTokens {
    /** A mail may have as many addresses as its writer likes. */
    private static final int MOST = 20;

    // A forwarder that rewrites senders (SRS, BATV) puts its own words before, and an equals sign.
    private static final Pattern TOKEN =
            Pattern.compile("(?:.*=)?bounce\\+([^@=]+)@[^@]*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private BounceTokens() {}

    /** What may be tokens, in the order of the addresses. */
    static List<String> in(List<String> addressees) {
        return addressees.stream()
                .map(TOKEN::matcher)
                .filter(Matcher::matches)
                .map(address -> address.group(1).toLowerCase(Locale.ROOT))
                .distinct()
                .limit(MOST)
                .toList();
    }
}
