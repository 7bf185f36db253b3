package io.courant.delivery;

/**
 * Deliveries of an issue by the numbers of their subscribers.
 *
 * @param first the lowest number that belongs to it
 * @param last the highest
 */
public record SubscriberRange(long first, long last) {
    /** Every subscriber. */
    public static final SubscriberRange ALL = new SubscriberRange(0, Long.MAX_VALUE);

    public SubscriberRange {
        if (first > last) {
            throw new IllegalArgumentException("a range from " + first + " to " + last + " has nobody in it");
        }
    }
}
