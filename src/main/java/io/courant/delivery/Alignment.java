package io.courant.delivery;

import java.util.Locale;

/**
 * Whether two domains stand for one organisation (RFC 7489 §3.1, relaxed). What both end in shows most mistakes; the
 * list of public suffixes, which would tell {@code co.uk} apart, is not asked.
 */
public final class Alignment {
    private Alignment() {}

    public static boolean isRelaxed(String one, String other) {
        return organisation(one).equals(organisation(other));
    }

    /** The last two labels of a domain. */
    public static String organisation(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }
}
