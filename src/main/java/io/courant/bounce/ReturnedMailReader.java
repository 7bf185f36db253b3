package io.courant.bounce;

import io.courant.bounce.Report.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a mail that came back: delivery status notifications (RFC 3464), complaints (RFC 5965), the free texts of mail
 * systems that write neither, and automatic answers (RFC 3834). Fields are believed before words, and words only where
 * the mail claims to be a report; what is quoted of the original is never taken for a reason. Any bytes at all may be
 * read: what is broken is read as far as it is sound, in one pass. Of texts and of status fields the first 64 KB each
 * are looked at, of other fields a fixed number, so that a large mail takes hardly more memory and time than a small one.
 */
public final class ReturnedMailReader {
    private static final int MOST_ADDRESSEES = 50;

    private static final List<String> DELIVERED_TO =
            List.of("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc");

    private static final List<String> RETURN_TO =
            List.of("return-path", "envelope-from", "x-envelope-from", "from", "list-unsubscribe");

    /**
     * What a mail says, and to whom it came back.
     *
     * @throws IOException if the stream fails; never for what it holds
     */
    public ReturnedMail read(InputStream mail) throws IOException {
        Parts parts = Parts.of(mail);
        List<String> deliveredTo = List.copyOf(Addresses.in(parts.header(), DELIVERED_TO, MOST_ADDRESSEES));
        List<String> senders = deliveredTo.stream()
                .map(address -> address.toLowerCase(Locale.ROOT))
                .toList();
        Notice notice = Notice.of(parts.text(), senders);
        return new ReturnedMail(
                messageId(parts.header()),
                addressees(parts, notice, deliveredTo),
                deliveredTo,
                AutoReply.isMarked(parts.header()) || isReport(parts.header()),
                reports(parts, notice));
    }

    private static boolean isReport(Fields header) {
        return header.text("content-type").strip().toLowerCase(Locale.ROOT).startsWith("multipart/report");
    }

    private static List<Report> reports(Parts parts, Notice notice) {
        return Stream.<List<Report>>of(
                        Complaint.reports(parts),
                        StoredNotification.reports(parts.text()),
                        Bounce.reports(parts, notice),
                        answers(parts))
                .filter(reports -> !reports.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Report> answers(Parts parts) {
        if (!AutoReply.claims(parts.header())) {
            return List.of();
        }
        String from = Addresses.first(parts.header().text("from")).orElse("");
        String evidence = Fields.oneLine("Subject: " + parts.header().text("subject"), 300);
        return List.of(new Report(from.isEmpty() ? null : from, Kind.VACATION, "", "", "", evidence));
    }

    private static String messageId(Fields header) {
        return header.text("message-id").replaceAll("[<>\\s]", "");
    }

    private static List<String> addressees(Parts parts, Notice notice, List<String> deliveredTo) {
        Set<String> all = new LinkedHashSet<>(deliveredTo);
        all.addAll(Addresses.in(parts.feedback(), List.of("original-mail-from"), MOST_ADDRESSEES));
        all.addAll(Addresses.in(parts.original(), RETURN_TO, MOST_ADDRESSEES));
        all.addAll(Addresses.in(notice.quoted(), RETURN_TO, MOST_ADDRESSEES));
        return all.stream().limit(MOST_ADDRESSEES).toList();
    }
}
