package io.courant.delivery;

import java.time.Instant;
import java.util.Map;

/** How mail flowed last: what is left of each pace, and which relays failed. Kept from one run to the next. */
public interface Flows {
    /** What is known of relays and domain groups that have or had a limit, by name. */
    Map<String, Flow> paces();

    /** Keeps these, and leaves others as they were. */
    void keepPaces(Map<String, Flow> paces);

    /** Relays that failed and have not served since, with the number of failures in a row. */
    Map<String, Integer> failures();

    /** Keeps how often a relay has failed in a row; 0 forgets it. */
    void keepFailures(String relay, int failures, Instant at);

    /**
     * A pace at a moment.
     *
     * @param perMinute the limit that the receivers have shown; 0: none
     * @param tokens messages that could have gone at once
     */
    record Flow(double perMinute, double tokens, Instant at) {}
}
