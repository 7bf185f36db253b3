package io.courant.delivery;

import io.courant.issue.IssueId;
import org.jspecify.annotations.Nullable;

/**
 * What a signed token in an address or a link says.
 *
 * @param newsletter {@link io.courant.issue.Newsletter#name()}
 * @param issue of a bounce; an unsubscribe concerns no issue
 */
public record Token(
        Purpose purpose,
        String newsletter,
        long subscriber,
        @Nullable IssueId issue) {

    /** What a token may be used for; one made for one purpose is worthless for the other. */
    public enum Purpose {
        UNSUBSCRIBE,
        BOUNCE
    }

    public Token {
        if ((issue != null) != (purpose == Purpose.BOUNCE)) {
            throw new IllegalArgumentException("a bounce token names an issue, an unsubscribe token does not");
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
}
