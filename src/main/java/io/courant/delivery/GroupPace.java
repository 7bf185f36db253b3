package io.courant.delivery;

import io.courant.delivery.Flows.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast a run goes to one domain group. The job may set a limit; the receivers show theirs by deferring: when more
 * than five of a hundred answers are a 421 or a 4.7.x, the pace is halved, and a hundred answers without that raise it
 * by half again, until nothing is left of the limit. Fewer are greylisting, or chance. Where several runs go to the
 * group at the same time, each takes its share of one limit, and what one of them has learned holds for all. Time is
 * handed in as {@link System#nanoTime}.
 */
final class GroupPace {
    private static final int COHORT = 100;
    /** So many throttled answers in a cohort are no reason to go slower. */
    private static final int TOLERATED = 5;
    /** Slower than one a second no provider asks for; below it, a list would never come to its end. */
    private static final double SLOWEST = 60;
    /** Faster than this is no limit. */
    private static final double FASTEST = 10_000_000;

    private final double configured;
    private final TokenBucket bucket;
    private double shown;
    private double known;
    private int sharers = 1;
    private int answers;
    private int throttled;
    private long countedFrom;
    private boolean exhausted;

    /**
     * @param perMinute the job's limit; 0: none
     * @param last what an earlier run left, if it was limited
     */
    GroupPace(int perMinute, Optional<Flow> last, Instant wallNow, long now) {
        this.configured = perMinute == 0 ? Double.POSITIVE_INFINITY : perMinute;
        this.shown = shownBy(last);
        this.known = shown;
        double sinceThen = last.map(flow -> Duration.between(flow.at(), wallNow).toMillis() / 60_000.0 * limit())
                .orElse(1.0);
        double tokens = last.map(Flow::tokens).orElse(0.0) + Math.max(0, sinceThen);
        this.bucket = new TokenBucket(limit(), Math.min(tokens, Math.max(1, limit() / 60)), now);
        this.countedFrom = now;
    }

    private static double shownBy(Optional<Flow> flow) {
        return flow.map(Flow::perMinute).filter(limit -> limit > 0).orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * Takes note of how many runs there are, this one included, and of what all of them know.
     *
     * @param common the pace that the runs have in common; if another run has changed it since, that holds
     */
    void share(int runs, Optional<Flow> common, long now) {
        if (runs != sharers) {
            sharers = runs;
            bucket.change(limit() / sharers, now);
        }
        double theirs = shownBy(common);
        if (theirs != known) {
            known = theirs;
            change(theirs, now);
        }
    }

    /** So many messages may be claimed now. */
    int available(long now) {
        return exhausted ? 0 : bucket.available(now);
    }

    Duration untilNext(long now) {
        return exhausted ? Duration.ofDays(1) : bucket.untilNext(now);
    }

    /** So many of those asked for were claimed; fewer means that no more are due. */
    void claimed(int messages, int asked) {
        bucket.take(messages);
        exhausted = messages < asked;
    }

    /** Whether nothing more was due when it was last asked for. */
    boolean isExhausted() {
        return exhausted;
    }

    /** More may be due. */
    void askAgain() {
        exhausted = false;
    }

    /** The receivers, or the relay for them, answered. */
    void answered(boolean isThrottled, long now) {
        answers++;
        throttled += isThrottled ? 1 : 0;
        if (throttled > TOLERATED) {
            change(Math.max(SLOWEST, Math.min(limit(), measured(now) * sharers) / 2), now);
        } else if (answers >= COHORT) {
            change(shown * 1.5, now);
        }
    }

    /** What to keep for other runs. */
    Flow flow(Instant wallNow, long now) {
        known = shown;
        return new Flow(shown == Double.POSITIVE_INFINITY ? 0 : shown, bucket.tokens(now), wallNow);
    }

    boolean isLimited() {
        return bucket.isLimited();
    }

    /** Messages a minute at most, of all runs together; infinite: no limit. */
    double limit() {
        return Math.min(configured, shown);
    }

    private void change(double perMinute, long now) {
        shown = perMinute > FASTEST ? Double.POSITIVE_INFINITY : perMinute;
        bucket.change(limit() / sharers, now);
        answers = 0;
        throttled = 0;
        countedFrom = now;
    }

    /** Answers a minute since the pace was last changed. */
    private double measured(long now) {
        double minutes =
                Math.max(1, now - countedFrom) / (double) Duration.ofMinutes(1).toNanos();
        return answers / minutes;
    }
}
