package io.courant.bounce;

import io.courant.bounce.Report.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Feedback of mailbox providers (RFC 5965), and the letters of those who complain without its fields. */
final class Complaint {
    private static final Pattern LETTER =
            Pattern.compile("complaint about message from [0-9.:a-f]+", Pattern.CASE_INSENSITIVE);

    /** What a machine found out about a mail; no reader said anything (RFC 6591). */
    private static final Set<String> BY_MACHINES = Set.of("auth-failure", "dmarc", "dkim", "virus");

    private static final List<String> RECIPIENTS = List.of("original-rcpt-to", "removal-recipient");

    private Complaint() {}

    static List<Report> reports(Parts parts, Notice notice) {
        String type = parts.feedback().text("feedback-type").toLowerCase(Locale.ROOT);
        if (!type.isEmpty()) {
            return reports(type, parts, parts.feedback());
        }
        return LETTER.matcher(parts.header().text("subject")).find()
                        && !parts.original().isEmpty()
                ? reports("abuse", parts, new Fields())
                : List.of();
    }

    private static List<Report> reports(String type, Parts parts, Fields feedback) {
        Set<String> recipients = new LinkedHashSet<>(Addresses.in(feedback, RECIPIENTS, 50));
        if (recipients.isEmpty()) {
            recipients.add(Optional.of(parts.original().text("to"))
                    .flatMap(Addresses::first)
                    .orElse(""));
        }
        String evidence =
                Fields.oneLine("Feedback-Type: " + type + " " + parts.header().text("subject"), 300);
        List<Report> reports = new ArrayList<>();
        for (String recipient : recipients) {
            reports.add(new Report(recipient.isEmpty() ? null : recipient, kind(type), "", "", type, evidence));
        }
        return reports;
    }

    private static Kind kind(String type) {
        return type.equals("not-spam") ? Kind.UNKNOWN : BY_MACHINES.contains(type) ? Kind.POLICY : Kind.COMPLAINT;
    }
}
