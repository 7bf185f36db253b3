package io.courant.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SPF record (RFC 7208 §4.6).
 *
 * @param redirect whose record decides when no mechanism does
 */
record SpfRecord(List<Mechanism> mechanisms, Optional<String> redirect) {
    private static final Pattern VERSION = Pattern.compile("v=spf1(?:\\s.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern MECHANISM = Pattern.compile(
            "([+?~-]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?::([^/\\s]*))?(?:/(\\d{1,3}))?(?://(\\d{1,3}))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MODIFIER = Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*)=(\\S*)");

    /**
     * A term that may match a sender.
     *
     * @param qualifier what a match means: {@code +}, {@code -}, {@code ~} or {@code ?}
     * @param value a domain or an address; empty for the domain itself
     */
    record Mechanism(char qualifier, String name, String value, int prefix4, int prefix6) {
        /** Whether evaluating it asks DNS (§4.6.4). */
        boolean asks() {
            return !name.equals("all") && !name.startsWith("ip");
        }

        /** Whether what it means depends on the message (§7). */
        boolean hasMacro() {
            return value.contains("%");
        }
    }

    /** Whether a TXT record is one. */
    static boolean isSpf(String text) {
        return VERSION.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if receivers would not understand it */
    static SpfRecord parse(String text) {
        List<Mechanism> mechanisms = new ArrayList<>();
        Optional<String> redirect = Optional.empty();
        List<String> terms = List.of(text.strip().split("\\s+", -1));
        for (String term : terms.subList(1, terms.size())) {
            Matcher mechanism = MECHANISM.matcher(term);
            Matcher modifier = MODIFIER.matcher(term);
            if (mechanism.matches()) {
                mechanisms.add(mechanism(term, mechanism));
            } else if (!modifier.matches()) {
                throw new IllegalArgumentException("'" + term + "' is no term of SPF");
            } else if (modifier.group(1).equalsIgnoreCase("redirect")) {
                redirect = Optional.of(modifier.group(2));
            }
        }
        return new SpfRecord(List.copyOf(mechanisms), redirect);
    }

    private static Mechanism mechanism(String term, Matcher parts) {
        String name = parts.group(2).toLowerCase(Locale.ROOT);
        String value = parts.group(3) == null ? "" : parts.group(3);
        int prefix4 = prefix(term, parts.group(4), 32, name.equals("ip6"));
        int prefix6 = prefix(term, name.equals("ip6") ? parts.group(4) : parts.group(5), 128, false);
        if (name.startsWith("ip")) {
            int length = Addresses.parse(value).getAddress().length;
            if (length != (name.equals("ip4") ? 4 : 16)) {
                throw new IllegalArgumentException("'" + term + "' has the wrong kind of address");
            }
        } else if (name.matches("include|exists") && value.isEmpty()) {
            throw new IllegalArgumentException("'" + term + "' names no domain");
        }
        char qualifier = parts.group(1).isEmpty() ? '+' : parts.group(1).charAt(0);
        return new Mechanism(qualifier, name, value, prefix4, prefix6);
    }

    private static int prefix(String term, String digits, int most, boolean unused) {
        int prefix = digits == null || unused ? most : Integer.parseInt(digits);
        if (prefix > most) {
            throw new IllegalArgumentException("'" + term + "' has a prefix longer than " + most);
        }
        return prefix;
    }

    /** What it says of those whom nothing else names; empty when it says nothing. */
    Optional<Mechanism> all() {
        return mechanisms.stream().filter(one -> one.name().equals("all")).findFirst();
    }
}
