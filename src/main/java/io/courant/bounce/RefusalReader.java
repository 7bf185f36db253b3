package io.courant.bounce;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a relay said when it refused a recipient: the same facts as a bounce tells, only sooner. */
final class RefusalReader {
    private static final Pattern REPLY =
            Pattern.compile("(\\d{3})?[ -]*(?:(\\d\\.\\d{1,3}\\.\\d{1,3})\\b)?.*", Pattern.DOTALL);

    /** RFC 3463 §3.2: these two are about the sender's address. */
    private static final List<String> ABOUT_SENDER = List.of("5.1.7", "5.1.8");

    private RefusalReader() {}

    /** @param reply a code, perhaps an enhanced status (RFC 3463), and words */
    static Report read(String reply) {
        Matcher parts = REPLY.matcher(reply);
        String code = parts.matches() && parts.group(1) != null ? parts.group(1) : "";
        String status = parts.matches() && parts.group(2) != null ? parts.group(2) : "";
        return new Report(null, kind(status), status, code, "", reply);
    }

    /** Without a status nothing is known for sure: a 550 may be about the address, the sender or the content. */
    private static Report.Kind kind(String status) {
        if (ABOUT_SENDER.contains(status)) {
            return Report.Kind.POLICY;
        }
        String subject = status.toLowerCase(Locale.ROOT).replaceFirst("\\.\\d+$", "");
        return switch (subject) {
            case "5.1" -> Report.Kind.HARD;
            case "5.2" -> Report.Kind.SOFT;
            case "5.7" -> Report.Kind.POLICY;
            default -> Report.Kind.UNKNOWN;
        };
    }
}
