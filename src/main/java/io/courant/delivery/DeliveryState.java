package io.courant.delivery;

import java.util.EnumSet;
import java.util.Set;

/** Where a delivery stands. Only these transitions exist; every change in the store names the state it
 * starts from, and one that finds another is refused. */
public enum DeliveryState {
    /** May be claimed by a sender. */
    READY,
    /** Claimed; the relay may be hearing of it right now. */
    SENDING,
    /** The relay took it (250 after the final dot). */
    ACCEPTED,
    /** The relay said 4xx; tried again when due. */
    DEFERRED,
    /** The relay said 5xx. */
    REJECTED,
    /** The connection ended where the relay may or may not have taken it. */
    IN_DOUBT,
    /** Deferred for too long; given up. */
    EXPIRED,
    /** Unsubscribed or suppressed after the issue was frozen. */
    CANCELLED,
    /** Suppressed before the issue was frozen; never claimed. */
    SUPPRESSED;

    /** The states that may come next. */
    public Set<DeliveryState> next() {
        return switch (this) {
            case READY -> EnumSet.of(SENDING, CANCELLED);
            case SENDING -> EnumSet.of(READY, ACCEPTED, DEFERRED, REJECTED, IN_DOUBT);
            case DEFERRED -> EnumSet.of(SENDING, CANCELLED, EXPIRED);
            case IN_DOUBT -> EnumSet.of(READY, ACCEPTED);
            case REJECTED, EXPIRED -> EnumSet.of(READY); // when an editor wants it tried again
            case ACCEPTED, CANCELLED, SUPPRESSED -> EnumSet.noneOf(DeliveryState.class);
        };
    }

    /** Whether nothing more will happen by itself. */
    public boolean isFinal() {
        return isFailed() || next().isEmpty();
    }

    /** Whether it went wrong for good, unless an editor wants it tried again. */
    public boolean isFailed() {
        return this == REJECTED || this == EXPIRED;
    }
}
