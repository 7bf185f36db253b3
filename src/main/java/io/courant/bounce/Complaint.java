package io.courant.bounce;

import io.courant.bounce.Report.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Feedback of mailbox providers (RFC 5965), and the letters of those who complain without its fields. */
final class Complaint {
    private static final Pattern LETTER =
            Pattern.compile("complaint about message from [0-9.:a-f]+", Pattern.CASE_INSENSITIVE);

    /** What a machine found out about a mail; no reader said anything (RFC 6591). */
    private static final Set<String> BY_MACHINES = Set.of("auth-failure", "dmarc", "dkim", "virus");

    private static final List<String> RECIPIENTS = List.of("original-rcpt-to", "removal-recipient");

    private static final List<String> ORIGINAL_RECIPIENT = List.of("x-hmxmroriginalrecipient", "to");

    private Complaint() {}

    static List<Report> reports(Parts parts) {
        Fields feedback = parts.feedback().isEmpty() ? inTheText(parts) : parts.feedback();
        String type = feedback.text("feedback-type").toLowerCase(Locale.ROOT);
        if (!type.isEmpty()) {
            return reports(type, parts, feedback);
        }
        return LETTER.matcher(parts.header().text("subject")).find()
                        && !parts.original().isEmpty()
                ? reports("abuse", parts, new Fields())
                : List.of();
    }

    /** Where the report lost its MIME. */
    private static Fields inTheText(Parts parts) {
        boolean claims =
                parts.header().text("content-type").toLowerCase(Locale.ROOT).contains("feedback-report");
        return Fields.groups(claims ? parts.text() : "").stream()
                .filter(group -> group.has("feedback-type"))
                .findFirst()
                .orElseGet(Fields::new);
    }

    private static List<Report> reports(String type, Parts parts, Fields feedback) {
        Set<String> recipients = new LinkedHashSet<>(Addresses.in(feedback, RECIPIENTS, ReturnedMail.MOST_REPORTS));
        if (recipients.isEmpty()) {
            Set<String> original = Addresses.in(parts.original(), ORIGINAL_RECIPIENT, 1);
            recipients.add(original.isEmpty() ? "" : original.iterator().next());
        }
        String evidence =
                Fields.oneLine("Feedback-Type: " + type + " " + parts.header().text("subject"), 300);
        List<Report> reports = new ArrayList<>();
        for (String recipient : recipients) {
            reports.add(new Report(recipient.isEmpty() ? null : recipient, kind(type), "", "", type, evidence));
        }
        return reports;
    }

    /** What feedback of a type means; nobody complains who says that a mail is no spam. */
    static Kind kind(String type) {
        return type.equals("not-spam") ? Kind.UNKNOWN : BY_MACHINES.contains(type) ? Kind.POLICY : Kind.COMPLAINT;
    }
}
