package io.courant.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a relay is asked, in the order in which a client gets there (RFC 5321 §3). */
public enum Step {
    /** A connection has been made. */
    BANNER,
    /** HELO as well. */
    EHLO,
    STARTTLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    /** The first line of the content is here, the rest is on its way. */
    CONTENT,
    /** The final dot. */
    DOT,
    RSET,
    QUIT;

    /** As scripts write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Step::word).toList();
    }

    /** Whether the relay knows by then whom the message is for. */
    boolean knowsRecipient() {
        return this == RCPT || this == DATA || this == CONTENT || this == DOT;
    }
}
