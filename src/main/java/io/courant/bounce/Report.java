package io.courant.bounce;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a mail that came back says of one recipient.
 *
 * @param recipient the address as the report spells it; null where it names none
 * @param status enhanced status code (RFC 3463); where a bounce gives none, one of our own whose detail says the reason,
 *     above all that RFC 3463 registers: {@code 5.0.911} for an unknown user; empty for what is no bounce
 * @param reply SMTP reply code (RFC 5321 §4.2), or empty
 * @param feedback the type of a complaint (RFC 5965 §3.1), such as {@code abuse}; empty for all else
 * @param evidence the words that it was understood by, on one line, shortened
 */
public record Report(
        @Nullable String recipient, Kind kind, String status, String reply, String feedback, String evidence) {
    // PostgreSQL has no room for NUL, and mail may hold it
    public Report {
        status = status.replace("\0", "");
        reply = reply.replace("\0", "");
        feedback = feedback.replace("\0", "");
        evidence = evidence.replace("\0", "");
    }

    /** What a report means for the address. */
    public enum Kind {
        /** The address or its domain does not exist, has moved, or accepts no mail. */
        HARD,
        /** The mail could not be delivered this time: full, disabled, too slow, filtered. */
        SOFT,
        /** The receiver, or a check of who sent it, refuses the mail; it says nothing about the address. */
        POLICY,
        /** A relay or a name server on the way is at fault; it says nothing about the address. */
        RELAY,
        /** The reader called the mail unwanted. */
        COMPLAINT,
        /** The reader, or a program for them, answered; nothing bounced. */
        VACATION,
        /** A report that says nothing that is understood, or that all went well. */
        UNKNOWN;

        /** As people and programs read it: {@code hard}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
