package io.courant.audience;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address that mail can be sent to: one addr-spec of RFC 5322 without quoted local part or comment, at most 254
 * bytes (RFC 5321 §4.5.3.1.3), free of white space and control characters. The domain may be international; the
 * local part is ASCII, because anything else needs SMTPUTF8 (RFC 6531) all the way to the reader.
 */
public record EmailAddress(String value) {
    private static final int MAX_BYTES = 254;
    private static final int SHOWN = 60;
    /**
     * What nearly all addresses are, with nothing in them that any rule below forbids. The rules take many times as
     * long, and a send makes three addresses for each message.
     */
    private static final Pattern PLAIN =
            Pattern.compile("(?=[^@]{1,64}@[^@]{1,63}$)[A-Za-z0-9_+-]++(?:\\.[A-Za-z0-9_+-]++)*+"
                    + "@(?:[A-Za-z0-9]++(?:-[A-Za-z0-9]++)*+\\.)++[A-Za-z]{2,}+");

    private static final EmailValidator SYNTAX = JMail.strictValidator()
            .disallowQuotedIdentifiers()
            .disallowExplicitSourceRouting()
            .disallowIpDomain()
            .disallowObsoleteWhitespace();

    public EmailAddress {
        String fault = PLAIN.matcher(value).matches() ? null : fault(value);
        if (fault != null) {
            throw new IllegalArgumentException("not an email address: '" + printable(value) + "' " + fault);
        }
    }

    /** The part after the {@code @}, in lower case and, for an international domain, in ASCII (RFC 5890 A-labels). */
    public String domain() {
        String domain = value.substring(value.indexOf('@') + 1);
        return (isAscii(domain) ? domain : asciiDomain(value)).toLowerCase(Locale.ROOT);
    }

    /** The address as a relay takes it, RFC 5321: its local part as written, with {@link #domain()}. */
    public String ascii() {
        return localPart(value) + "@" + domain();
    }

    /** Whether only a relay that offers SMTPUTF8 (RFC 6531) takes it: its local part is not ASCII. */
    public boolean needsSmtputf8() {
        return !isAscii(localPart(value));
    }

    /** What two spellings of one mailbox have in common; by custom the local part is compared without case. */
    public String key() {
        return (isAscii(value) ? value : ascii()).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String fault(String value) {
        // First of all, since a line break here would forge a header.
        if (any(value, EmailAddress::isLineBreak)) {
            return "contains a line break (expected one local@domain on one line)";
        }
        if (value.indexOf('@') != value.lastIndexOf('@')) {
            return "holds two addresses, expected one local@domain";
        }
        if (any(value, EmailAddress::isInvisible)) {
            return "contains white space or a control character (expected one local@domain)";
        }
        if (value.indexOf('@') < 0) {
            return "has no @ (expected local@domain)";
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return "is longer than " + MAX_BYTES + " bytes";
        }
        if (any(value, c -> "\"()<>[]\\,;:".indexOf(c) >= 0)) {
            return "contains a quote, bracket, comma or colon (expected a bare local@domain)";
        }
        return domainFault(value);
    }

    private static @Nullable String domainFault(String value) {
        String domain = value.substring(value.indexOf('@') + 1);
        // java.net.IDN knows IDNA2003 only, which maps these four to another domain or to nothing (RFC 5894 §7.2)
        if (any(domain, c -> c == 'ß' || c == 'ẞ' || c == 'ς' || c == 0x200C || c == 0x200D)) {
            return "has ß, ς or a joiner in its domain, which is read differently by different mail systems;"
                    + " write the domain in its xn-- form";
        }
        String ascii;
        try {
            ascii = asciiDomain(value);
        } catch (IllegalArgumentException e) {
            return "has no valid domain (expected local@domain)";
        }
        String address = localPart(value) + "@" + ascii;
        if (address.length() > MAX_BYTES) {
            return "is longer than " + MAX_BYTES + " bytes";
        }
        boolean malformed = SYNTAX.isInvalid(value) || (!address.equals(value) && SYNTAX.isInvalid(address));
        return malformed ? "is malformed (expected local@domain)" : null;
    }

    /** A loop, for a send makes millions of addresses: streams were a fifth of all that it allocated. */
    static boolean any(String value, IntPredicate wanted) {
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            if (wanted.test(value.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(String value) {
        return !any(value, c -> c > 0x7F);
    }

    private static String localPart(String value) {
        return value.substring(0, value.indexOf('@'));
    }

    private static String asciiDomain(String value) {
        return IDN.toASCII(value.substring(value.indexOf('@') + 1), IDN.USE_STD3_ASCII_RULES);
    }

    private static boolean isLineBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    private static boolean isInvisible(int c) {
        boolean joiner = c == 0x200C || c == 0x200D; // the domain has its own message for these
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || (Character.getType(c) == Character.FORMAT && !joiner);
    }

    /** Foreign text as an error message may show it: on one line, not too long. */
    static String printable(String value) {
        String visible = value.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "␤");
        return visible.codePointCount(0, visible.length()) <= SHOWN
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
