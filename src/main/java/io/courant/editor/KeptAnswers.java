package io.courant.editor;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps what programs were answered, so that a request which is sent again is not done again: the header Idempotency-Key
 * of draft-ietf-httpapi-idempotency-key-header. They are kept for a day.
 */
public interface KeptAnswers {
    /** How long an answer is kept. */
    Duration KEPT = Duration.ofHours(24);

    /**
     * Takes a key for a request. Of several at a time, one gets {@link Claim.Fresh}.
     *
     * @param request what tells it from others
     */
    Claim claim(Key key, Digest request, Instant now);

    /** Keeps the answer to a request that took its key. */
    void keep(Key key, Answer answer);

    /** Gives a key back, as nothing was done. */
    void release(Key key);

    /**
     * A program's word for one thing that it wants.
     *
     * @param token by its number: others' words are others'
     */
    record Key(long token, String word) {}

    /**
     * An answer over HTTP.
     *
     * @param location empty: it has none
     */
    record Answer(int status, String type, String location, String body) {}

    /** What comes of a claim. */
    sealed interface Claim {
        /** It is new, and to be done. */
        record Fresh() implements Claim {}

        /** It was done before. */
        record Done(Answer answer) implements Claim {}

        /** The key stands for another request. */
        record Taken() implements Claim {}

        /** It is being done, or whoever did it ended before there was an answer. */
        record UnderWay() implements Claim {}
    }
}
