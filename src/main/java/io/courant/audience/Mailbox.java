package io.courant.audience;

import java.util.regex.Pattern;

/**
 * A display name with an address, RFC 5322 §3.4.
 *
 * @param name possibly empty, without control characters and line breaks
 */
public record Mailbox(String name, EmailAddress address) {
    // RFC 5322 §3.2.3: outside quotes these would start another part of the header
    private static final Pattern SPECIALS = Pattern.compile("[()<>\\[\\]:;@\\\\,.\"]");

    public Mailbox {
        if (EmailAddress.any(name, c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
            throw new IllegalArgumentException("display name contains a control character or a line break: '"
                    + name.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "␤") + "'");
        }
    }

    /** Reads {@code Name <local@domain>}, {@code "Name" <local@domain>} or {@code local@domain}. */
    public static Mailbox parse(String text) {
        // Blanks only: a line break at the end is refused with the rest, not silently taken off
        String trimmed = text.replaceAll("^ +| +$", "");
        int open = trimmed.lastIndexOf('<');
        if (open >= 0 && trimmed.endsWith(">")) {
            String name = trimmed.substring(0, open).replaceAll(" +$", "");
            return new Mailbox(unquoted(name), new EmailAddress(trimmed.substring(open + 1, trimmed.length() - 1)));
        }
        return new Mailbox("", new EmailAddress(trimmed));
    }

    /** The form that {@link #parse} reads; the name stands in quotes when it must. */
    @Override
    public String toString() {
        if (name.isEmpty()) {
            return address.value();
        }
        boolean quoted = SPECIALS.matcher(name).find() || !name.equals(name.strip());
        return (quoted ? '"' + name.replaceAll("([\"\\\\])", "\\\\$1") + '"' : name) + " <" + address + ">";
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
    }
}
