package io.courant.audience;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A program that subscribers come from, known by the header of the files that it exports, in one form or another. */
enum ListProgram {
    COURANT("Courant", "email state joined newslettersleft suppression"),
    LISTMONK("listmonk", "uuid email attributes status"),
    MAILCHIMP("Mailchimp", "emailaddress memberrating"),
    SUBSTACK(
            "Substack",
            "email activesubscription",
            "email startdate paidupgradedate",
            "email subscriptiondate paidupgradedate"),
    GHOST("Ghost", "email subscribedtoemails"),
    BUTTONDOWN("Buttondown", "creationdate notes metadata", "unsubscriptiondate undeliverabilitydate");

    private final String title;
    private final List<List<String>> marks;

    /** Each of the marks: columns that stand together in no other program's files. */
    ListProgram(String title, String... marks) {
        this.title = title;
        this.marks = Arrays.stream(marks)
                .map(columns -> List.of(columns.split(" ", -1)))
                .toList();
    }

    /** Its name as it is written. */
    String title() {
        return title;
    }

    /** The program that writes these columns, whose names are without case and punctuation. */
    static Optional<ListProgram> of(Set<String> columns) {
        return Arrays.stream(values())
                .filter(program -> program.marks.stream().anyMatch(columns::containsAll))
                .findFirst();
    }
}
