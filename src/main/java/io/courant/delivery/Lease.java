package io.courant.delivery;

/**
 * The right of one run to send some of an issue's deliveries. Where several machines send, it ends by itself unless it is
 * renewed, and what another has then taken over is not settled by it any more; its number is the fencing token that
 * goes with each claim.
 *
 * @param number grows, and is never used twice; 0: of the holder of the process lock, who needs none
 */
public record Lease(long number, SubscriberRange range) {
    /** That of the holder of the process lock, for the whole issue. */
    public static final Lease OF_PROCESS = new Lease(0, SubscriberRange.ALL);
}
