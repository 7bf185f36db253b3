package io.courant.post;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a source between looks: how it answered, and when it may be asked again.
 *
 * @param key {@link Source#key()}
 * @param movedTo where the source has moved to for good, or where its page says that the feed is
 * @param validators of the document that was read last
 * @param looked when it was last looked at, with whatever success
 * @param read when it was last read, or found unchanged
 * @param failures in a row
 * @param problem of the last look; empty if that succeeded
 * @param next it is left alone until then
 * @param entries how many the last document held
 */
public record SourceState(
        String key,
        Standing standing,
        @Nullable URI movedTo,
        Validators validators,
        @Nullable Instant looked,
        @Nullable Instant read,
        int failures,
        String problem,
        @Nullable Instant next,
        int entries) {
    private static final Duration FIRST_REST = Duration.ofMinutes(5);
    private static final int LONGEST_REST = 8; // doublings: 5 minutes to 21 hours, so that a daily run always asks

    /** Whether a source is looked at. */
    public enum Standing {
        /** At each run that may ask again. */
        ACTIVE,
        /** It failed too often: only after an editor resumes it. */
        PAUSED,
        /** Its server said 410, that it will never come back: only after an editor resumes it. */
        GONE
    }

    /** A source that was never looked at. */
    public static SourceState unknown(String key) {
        return new SourceState(key, Standing.ACTIVE, null, Validators.NONE, null, null, 0, "", null, 0);
    }

    /** Read anew. */
    SourceState read(Instant at, @Nullable URI moved, Validators validators, Duration rest, int entries) {
        return new SourceState(
                key,
                Standing.ACTIVE,
                moved == null ? movedTo : moved,
                validators,
                at,
                at,
                0,
                "",
                at.plus(rest),
                entries);
    }

    /** Found as it was. */
    SourceState unchanged(Instant at, Duration rest) {
        return read(at, movedTo, validators, rest, entries);
    }

    /** Not even asked, because its host wants to be left alone: no failure of this source. */
    SourceState postponed(String why, Instant until) {
        return new SourceState(key, standing, movedTo, validators, looked, read, failures, why, until, entries);
    }

    /** What it had moved to is not there any more: from now on it is asked for where the job file says. */
    SourceState movedBack() {
        return new SourceState(key, standing, null, Validators.NONE, looked, read, failures, problem, next, entries);
    }

    /**
     * Not read.
     *
     * @param retryAfter as the server asked for
     * @param rests whether it is left alone for a while, longer with each failure
     * @param pauseAfter failures in a row after which it is paused
     */
    SourceState failed(Instant at, String what, @Nullable Duration retryAfter, boolean rests, int pauseAfter) {
        Duration rest = retryAfter != null
                ? retryAfter
                : rests ? FIRST_REST.multipliedBy(1L << Math.min(failures, LONGEST_REST)) : Duration.ZERO;
        Standing after = failures + 1 >= pauseAfter ? Standing.PAUSED : standing;
        return new SourceState(key, after, movedTo, validators, at, read, failures + 1, what, at.plus(rest), entries);
    }

    /** Never to come back. */
    SourceState gone(Instant at, String what) {
        return new SourceState(key, Standing.GONE, movedTo, validators, at, read, failures + 1, what, null, entries);
    }

    /** Looked at again from now on, where the job file says, as if it had never failed nor moved. */
    public SourceState resumed() {
        return new SourceState(key, Standing.ACTIVE, null, Validators.NONE, looked, read, 0, problem, null, entries);
    }

    /** Whether the last look failed. */
    public boolean isFailing() {
        return !problem.isEmpty();
    }
}
