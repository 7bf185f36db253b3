package io.courant.bounce;

import io.courant.bounce.Report.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Mail that says that another could not be delivered: in fields (RFC 3464) if it can, else in words. */
final class Bounce {
    private static final Pattern FROM_A_MAIL_SYSTEM = Pattern.compile(
            "(?:mailer-?daemon|post_?master|mail[ ._]deliver(?:y|er)?[ ._](?:system|subsystem)|mail delivery|content-filter"
                    + "|mdaemon|<>|mail administrator|internet mail delivery|system administrator)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SUBJECT = Pattern.compile(
            "^(?!\\s*(?:re|aw|sv|fwd?|wg)\\s*:).*(?:undeliver|non[- ]?deliver|deliver(?:y|ed)? (?:status|fail|notif|report|problem|error|has failed|delayed)"
                    + "|(?:mail|delivery|message)(?: system)? (?:error|fail|deliver[a-z]* fail)|fail(?:ed|ure) (?:delivery|notice|notification)"
                    + "|(?:mail|message) failed|returned? (?:mail|to sender)|returning (?:mail|message)|could not send message"
                    + "|couldn.t be delivered|not delivered|loop alert|loop back warning|fml system error|mail could not be|see transcript|errors from"
                    + "|メールエラー|エラー通知|エラーメール|配信不能|配信エラー|送信エラー|недостав|не доставлено|unzustellbar|non recapitabile|non remis|no se puede entregar)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern LEAD = Pattern.compile(
            "(?:error message below|could not be delivered|couldn't be delivered|unable to deliver|was not delivered"
                    + "|cannot be delivered|delivery (?:has )?failed|failed to deliver|not able to deliver|undeliverable)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ANSWER =
            Pattern.compile("(?:^|\\n|[ :;'])[45][0-5][0-9](?: |-)", Pattern.CASE_INSENSITIVE);

    private Bounce() {}

    static List<Report> reports(Parts parts, Notice notice) {
        boolean claims = claims(parts, notice);
        if (!claims && !FROM_A_MAIL_SYSTEM.matcher(parts.header().text("from")).find()) {
            return List.of();
        }
        List<Finding> findings = fromFields(parts, notice);
        if (findings.isEmpty()) {
            findings = fromWords(parts, notice);
        }
        return findings.stream()
                .map(Finding::report)
                // a postmaster may write about other things
                .filter(report -> claims || (report.recipient() != null && report.kind() != Kind.UNKNOWN))
                .toList();
    }

    /** Whether it says that it is a bounce, before any word of it is taken for a reason. */
    private static boolean claims(Parts parts, Notice notice) {
        Fields header = parts.header();
        if (!parts.statuses().isEmpty()
                || header.has("x-failed-recipients")
                || header.text("content-type").toLowerCase(Locale.ROOT).contains("delivery-status")) {
            return true;
        }
        boolean system = FROM_A_MAIL_SYSTEM.matcher(header.text("from")).find() || isOfAList(header);
        boolean returns = !parts.original().isEmpty() || !notice.quoted().isEmpty();
        boolean answered = ANSWER.matcher(notice.words()).find();
        boolean titled = SUBJECT.matcher(header.text("subject")).find();
        boolean says = LEAD.matcher(notice.words()).find();
        return (system && (titled || returns || answered || says))
                || ((titled || says) && (returns || answered) && !AutoReply.claims(header));
    }

    /** FML, which says in the subject why it refuses. */
    private static boolean isOfAList(Fields header) {
        return header.text("x-mlserver").startsWith("fml")
                && header.text("from").contains("-admin@");
    }

    private static List<Finding> fromFields(Parts parts, Notice notice) {
        List<Fields> groups = Stream.of(parts.statuses(), Fields.groups(parts.text()), Fields.groups(parts.enclosed()))
                .filter(some -> some.stream().anyMatch(Bounce::isOfARecipient))
                .findFirst() // else a report that lost its MIME, or a report within a report
                .orElse(List.of());
        List<Fields> recipients = groups.stream().filter(Bounce::isOfARecipient).toList();
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (Fields group : recipients) {
            if (findings.size() < ReturnedMail.MOST_REPORTS) {
                Finding finding = finding(group, notice, recipients.size() == 1 ? notice.words() : "");
                findings.putIfAbsent(finding.recipient().toLowerCase(Locale.ROOT), finding);
            }
        }
        return new ArrayList<>(findings.values());
    }

    private static boolean isOfARecipient(Fields group) {
        return group.has("final-recipient")
                || (group.has("original-recipient") && (group.has("action") || group.has("diagnostic-code")));
    }

    private static Finding finding(Fields group, Notice notice, String otherwise) {
        String recipient = Stream.of("final-recipient", "original-recipient", "x-actual-recipient")
                .flatMap(name -> group.first(name).stream())
                .map(value -> Addresses.first(value)
                        .orElse(value.substring(value.indexOf(';') + 1).strip()))
                .filter(address -> !address.isEmpty())
                .findFirst()
                .orElse("");
        return new Finding(
                recipient,
                group.text("action").toLowerCase(Locale.ROOT),
                Codes.in(group.text("status")).status(),
                diagnostic(group.text("diagnostic-code")),
                notice.of(recipient).orElse(otherwise));
    }

    /** What is quoted, without its type, but for that of a local program (RFC 3464 §2.3.6). */
    private static String diagnostic(String value) {
        int type = value.indexOf(';');
        return type < 0 || type > 20 || value.toLowerCase(Locale.ROOT).startsWith("x-unix")
                ? value
                : value.substring(type + 1).strip();
    }

    private static List<Finding> fromWords(Parts parts, Notice notice) {
        boolean delayed =
                SUBJECT_OF_A_DELAY.matcher(parts.header().text("subject")).find();
        String action = delayed ? "delayed" : "failed";
        if (notice.passages().isEmpty()) {
            String recipient = Optional.of(parts.header().text("x-failed-recipients"))
                    .flatMap(Addresses::first)
                    .or(() -> Addresses.first(parts.original().text("to")))
                    .or(() -> Addresses.first(notice.quoted().text("to")))
                    .or(() -> Addresses.first(notice.words()))
                    .orElse("");
            String subject = isOfAList(parts.header()) ? parts.header().text("subject") + "\n\n" : "";
            return List.of(new Finding(recipient, action, "", "", subject + notice.words()));
        }
        return notice.passages().stream()
                .map(passage -> new Finding(passage.recipient(), action, "", "", passage.words()))
                .toList();
    }

    private static final Pattern SUBJECT_OF_A_DELAY =
            Pattern.compile("delay|warning|still being retried", Pattern.CASE_INSENSITIVE);
}
