package io.courant.bounce;

import java.util.List;

/**
 * A mail that came back, as far as it matters.
 *
 * @param messageId of the mail itself, without angle brackets; possibly empty
 * @param addressees every address by which the mail says it was delivered here, and those to which the original was to
 *     be returned: one of them bears our token if the mail is an answer to ours
 * @param deliveredTo those of them by which the mail itself was delivered here
 * @param isAutomatic whether a program says that it wrote the mail, as an answer (RFC 3834) or a report (RFC 6522)
 * @param reports what it says; empty for a mail that is no report at all, and never more than the first hundred: ours
 *     go to one recipient each, so a mail that tells of more is not about us
 */
public record ReturnedMail(
        String messageId,
        List<String> addressees,
        List<String> deliveredTo,
        boolean isAutomatic,
        List<Report> reports) {
    static final int MOST_REPORTS = 100;

    public ReturnedMail {
        addressees = List.copyOf(addressees);
        deliveredTo = List.copyOf(deliveredTo);
        reports = List.copyOf(reports.subList(0, Math.min(reports.size(), MOST_REPORTS)));
    }
}
