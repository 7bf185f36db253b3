package io.courant.job;

import java.time.Instant;
import java.util.Optional;

/** What the clock says of a newsletter. */
public sealed interface Due {
    /** When it is due next, if ever again. */
    Optional<Instant> next();

    /**
     * It is to run now.
     *
     * @param time the due time that the run is for
     * @param merged how many due times before that one have passed without a run, and are made good by this one
     */
    record Now(Instant time, long merged, Optional<Instant> next) implements Due {}

    /**
     * It is too late for what was due, and that is left out.
     *
     * @param time the last due time that has passed
     * @param times how many have
     */
    record Missed(Instant time, long times, Optional<Instant> next) implements Due {}

    /** Nothing is due yet. */
    record NotYet(Optional<Instant> next) implements Due {}
}
