package io.courant.consent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps requests until they are confirmed and forgotten, and what became of the mails about them. */
public interface Requests {
    /**
     * Keeps a request with its mail ready, unless there were too many before. What it does, and how long it takes, has
     * nothing to do with whose address it is.
     *
     * @return empty if it is kept; else the limit, and how often it turned somebody away in this hour
     */
    Optional<TurnedAway> add(Request request, Limits limits);

    /** How many went beyond which limit in the hours that began after an instant, by newsletter. */
    List<TurnedAway> turnedAway(Instant since);

    /** A request that can be confirmed, or was, made after an instant. */
    Optional<Request> find(String newsletter, long id, Instant madeAfter);

    /**
     * Does what was asked for, and keeps the proof, in one transaction. Done again, it changes nothing.
     *
     * <p>Who signed up becomes a subscriber, if they were none, and joins. Who moves keeps all but the address; if that
     * is another subscriber's, the other joins with the same preferences, and who moved leaves. The old address is to
     * be told.
     *
     * @param madeAfter earlier requests are void
     */
    Confirmation confirm(String newsletter, long id, Origin origin, Instant at, Instant madeAfter);

    /** Newsletters with mail that is due. */
    Set<String> waiting(Instant now);

    /**
     * Takes the oldest mail that is due. Withholds those whose address had one since: not counting notices, one address
     * is written to once, whatever newsletters are asked for.
     *
     * @param until when somebody else may take it, if it has not been settled
     */
    Optional<Claim> claim(String newsletter, Instant now, Instant mailedSince, Instant until);

    /**
     * Writes down what became of a claim.
     *
     * @param at when it was sent or refused; when it is due again
     * @return whether it is still this one's: somebody else may have taken it
     */
    boolean settle(Claim claim, MailState state, Instant at);

    /** Deletes the request of a claim, and with it the address. */
    void drop(Claim claim);

    /** Deletes requests made before an instant, and what was counted before it. */
    int forget(Instant madeBefore);

    /**
     * A request whose mail somebody has taken upon themselves to send.
     *
     * @param attempt counted from 1
     */
    record Claim(long id, int attempt, Request request) {}
}
