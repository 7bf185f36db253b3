package io.courant.delivery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a relay answered to one command, RFC 5321 §4.2.
 *
 * @param code three digits
 * @param text the reply text of all lines, joined by a space, without the code
 */
public record Reply(int code, String text) {
    // RFC 3463 §2: class.subject.detail at the start of the text
    private static final Pattern ENHANCED = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(\\s.*|$)", Pattern.DOTALL);

    public boolean isPositive() {
        return code >= 200 && code < 400;
    }

    public boolean isTransient() {
        return code >= 400 && code < 500;
    }

    public boolean isPermanent() {
        return code >= 500 && code < 600;
    }

    /** The enhanced status code (RFC 3463), or an empty text when the relay gave none. */
    public String enhancedStatus() {
        Matcher matcher = ENHANCED.matcher(text);
        return matcher.matches() ? matcher.group(1) : "";
    }

    @Override
    public String toString() {
        return text.isEmpty() ? String.valueOf(code) : code + " " + text;
    }
}
