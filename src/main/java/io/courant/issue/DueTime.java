package io.courant.issue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A due time of a newsletter, and what was made of it.
 *
 * @param time when it was due
 * @param beganAt when that was taken in hand
 * @param before the newest issue at that moment, by which a run that was killed knows whether it made one
 * @param issue what was made
 * @param words why there is no issue, or else empty
 */
public record DueTime(
        Instant time,
        Result result,
        Instant beganAt,
        @Nullable IssueId before,
        @Nullable IssueId issue,
        String words) {

    /** What came of it. */
    public enum Result {
        /** Nothing was due: the clock has begun to run for this newsletter, by the schedule that the words say. */
        BEGUN,
        /** It is at work, or was killed. */
        RUNNING,
        /** There is an issue; how far that has got is written in the ledger. */
        ISSUED,
        /** There was nothing to make an issue of. */
        NOTHING,
        /** Not enough has gathered yet. */
        WAITING,
        /** It was too late. */
        MISSED,
        /** It did not end, and a later one has taken its place. */
        GIVEN_UP
    }
}
