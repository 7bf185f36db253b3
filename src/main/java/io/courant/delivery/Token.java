package io.courant.delivery;

import io.courant.issue.IssueId;
import org.jspecify.annotations.Nullable;

/**
 * What a signed token in an address or a link says.
 *
 * @param newsletter {@link io.courant.issue.Newsletter#name()}
 * @param subject whom or what it is about, as its purpose says
 * @param issue of a bounce and of a link; the others concern no issue
 */
public record Token(
        Purpose purpose,
        String newsletter,
        long subject,
        @Nullable IssueId issue) {

    /** What a token may be used for; one made for one purpose is worthless for the others. */
    public enum Purpose {
        /** A subscriber ends the subscription. */
        UNSUBSCRIBE,
        /** A subscriber's mail of an issue came back. */
        BOUNCE,
        /** A subscriber sees and changes what is kept of them. */
        PREFERENCES,
        /** Who reads the mailbox confirms a request. */
        CONFIRM,
        /** Somebody follows a link of an issue, known by its number. */
        CLICK;

        boolean namesIssue() {
            return this == BOUNCE || this == CLICK;
        }
    }

    public Token {
        if ((issue != null) != purpose.namesIssue()) {
            throw new IllegalArgumentException(
                    "a token for " + purpose + (purpose.namesIssue() ? " names an issue" : " names no issue"));
        }
    }

    /** Lets the bearer end the subscription. */
    public static Token unsubscribe(String newsletter, long subscriber) {
        return new Token(Purpose.UNSUBSCRIBE, newsletter, subscriber, null);
    }

    /** Tells whose mail of which issue bounced. */
    public static Token bounce(String newsletter, long subscriber, IssueId issue) {
        return new Token(Purpose.BOUNCE, newsletter, subscriber, issue);
    }

    /** Lets the bearer see and change what a subscriber wants. */
    public static Token preferences(String newsletter, long subscriber) {
        return new Token(Purpose.PREFERENCES, newsletter, subscriber, null);
    }

    /** Lets the bearer confirm what was asked for. */
    public static Token confirm(String newsletter, long request) {
        return new Token(Purpose.CONFIRM, newsletter, request, null);
    }

    /** Leads to a link of an issue. */
    public static Token click(String newsletter, IssueId issue, int link) {
        return new Token(Purpose.CLICK, newsletter, link, issue);
    }
}
