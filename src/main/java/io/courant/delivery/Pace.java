package io.courant.delivery;

/**
 * How fast a newsletter may go.
 *
 * @param connections to the relay, at most so many at a time
 * @param perMinute messages a minute, spread evenly; 0: as fast as the relay takes them
 */
public record Pace(int connections, int perMinute) {
    /** Four connections, no limit. */
    public static final Pace DEFAULT = new Pace(4, 0);

    public Pace {
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be at least 1, not " + connections);
        }
        if (perMinute < 0) {
            throw new IllegalArgumentException("per-minute must be 0 (no limit) or more, not " + perMinute);
        }
    }
}
