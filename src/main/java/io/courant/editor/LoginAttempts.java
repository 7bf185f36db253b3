package io.courant.editor;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Counts logins that failed. */
public interface LoginAttempts {
    /**
     * Counts one as failed before it is tried, so that any number at once are not each the first; or says how long to
     * wait, and counts nothing.
     *
     * @param counters what is counted, each by its own limits
     * @return zero: it may be tried
     */
    Duration begin(Map<String, LoginLimits> counters, Instant now);

    /** Forgets the failures of a counter, as the last was none. */
    void succeeded(String counter);

    /** Takes one failure back. */
    void takeBack(String counter);
}
