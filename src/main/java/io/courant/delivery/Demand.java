package io.courant.delivery;

import io.courant.audience.EmailAddress;
import java.util.Map;
import java.util.Set;

/**
 * What a sender would like to claim.
 *
 * @param lease the right to it
 * @param byGroup how many at most of each domain group; {@link #ANY_GROUP} stands for all of them together
 * @param only nobody but these, and these whether they are due or not; empty: everybody who is due
 * @param marksDots whether each claim will be marked before its final dot ({@link Deliveries#markDots}), so that one
 *     that is not marked can be taken as not sent after a crash
 */
public record Demand(Lease lease, Map<String, Integer> byGroup, Set<EmailAddress> only, boolean marksDots) {
    /** Stands for every domain group. */
    public static final String ANY_GROUP = "*";

    static final Demand NONE = new Demand(Lease.OF_PROCESS, Map.of(), Set.of(), false);

    public Demand {
        byGroup = Map.copyOf(byGroup);
        only = Set.copyOf(only);
    }

    /** So many at most of all that are due, for the holder of the process lock. */
    public static Demand of(int limit) {
        return of(Lease.OF_PROCESS, limit);
    }

    /** So many at most of all that are due. */
    public static Demand of(Lease lease, int limit) {
        return new Demand(lease, Map.of(ANY_GROUP, limit), Set.of(), false);
    }

    /** How many at most in all. */
    public int limit() {
        return byGroup.values().stream().mapToInt(Integer::intValue).sum();
    }
}
