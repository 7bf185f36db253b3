package io.courant.issue;

import io.courant.issue.DueTime.Result;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which due times of each newsletter are done with. Each can be begun once and never again, wherever the clock is set;
 * what was due between two of them was made good by the later, or left out.
 */
public interface DueTimes {
    /**
     * Lets the clock run from a moment on: what was due before is of no account. Nothing changes if it is noted.
     *
     * @param schedule by which it runs
     */
    void start(String newsletter, String schedule, Instant since, Instant at);

    /** The schedule by which the clock runs. */
    Optional<String> schedule(String newsletter);

    /** The last one up to a moment. */
    Optional<DueTime> last(String newsletter, Instant until);

    /** Since when the clock runs, by whichever schedule. */
    Optional<Instant> began(String newsletter);

    /** The last one of all that was a due time indeed. */
    Optional<DueTime> last(String newsletter);

    /**
     * Notes that a run for a due time begins. An older one that has not ended is given up.
     *
     * @param before the newest issue there is
     * @return false if it was begun before
     */
    boolean begin(String newsletter, Instant time, @Nullable IssueId before, Instant at);

    /**
     * Notes what came of it.
     *
     * @param issue what was made
     * @param words why there is none
     */
    void end(String newsletter, Instant time, Result result, @Nullable IssueId issue, String words);
}
