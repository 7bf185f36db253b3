package io.courant.consent;

/**
 * Requests for a newsletter that went beyond a limit. It is known how many, and nothing of whose they were.
 *
 * @param newsletter {@link io.courant.issue.Newsletter#name()}
 */
public record TurnedAway(String newsletter, Limit limit, long times) {

    /** What a request can go beyond, in the order in which it is told. */
    public enum Limit {
        /** {@link Limits#perBlock}. */
        BLOCK,
        /** {@link Limits#inAll}. */
        ALL,
        /** One mail to an address in a day. The request is kept, and its mail withheld. */
        ADDRESS
    }
}
