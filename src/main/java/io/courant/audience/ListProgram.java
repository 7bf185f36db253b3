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
            "email activesubscription|email startdate paidupgradedate|email subscriptiondate paidupgradedate"),
    GHOST("Ghost", "email subscribedtoemails"),
    BUTTONDOWN("Buttondown", "creationdate notes metadata|unsubscriptiondate undeliverabilitydate");

    private final String title;
    private final String marks;

    /** @param marks columns that stand together in no other program's files; several such groups with bars between them */
    ListProgram(String title, String marks) {
        this.title = title;
        this.marks = marks;
    }

    /** Its name as it is written. */
    String title() {
        return title;
    }

    /** The program that writes these columns, whose names are without case and punctuation. */
    static Optional<ListProgram> of(Set<String> columns) {
        return Arrays.stream(values())
                .filter(program -> Arrays.stream(program.marks.split("\\|", -1))
                        .anyMatch(group -> columns.containsAll(List.of(group.split(" ", -1)))))
                .findFirst();
    }
}
