package io.courant.bounce;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a mail that came back says of one recipient.
 *
 * @param recipient the address as the report spells it; null where it names none
 * @param status enhanced status code (RFC 3463), or empty
 * @param reply SMTP reply code (RFC 5321 §4.2), or empty
 * @param feedback the type of a complaint (RFC 5965 §3.1), such as {@code abuse}; empty for all else
 * @param evidence the words that it was understood by, on one line, shortened
 */
public record Report(
        @Nullable String recipient, Kind kind, String status, String reply, String feedback, String evidence) {
    /** What a report means for the address. */
    public enum Kind {
        /** The address does not exist. */
        HARD,
        /** The mail could not be delivered this time. */
        SOFT,
        /** The receiver refuses what was sent or who sent it; it says nothing about the address. */
        POLICY,
        /** A relay or a name server on the way is at fault; it says nothing about the address. */
        RELAY,
        /** The reader called the mail unwanted. */
        COMPLAINT,
        /** The reader, or a program for them, answered; nothing bounced. */
        VACATION,
        /** A report that says nothing that is understood. */
        UNKNOWN;

        /** As people and programs read it: {@code hard}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
