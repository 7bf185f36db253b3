package io.courant.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who delivers what, and what waits: as {@code courant workers --json} shows it; scripts rely on these names.
 *
 * @param broker where the queue is; null: this installation has none
 * @param takers how many parts could be taken at a time by those who are connected, at work or not; null: nobody knows
 * @param waiting parts that wait for a worker, or are with one; null: nobody knows
 * @param dead parts that were set aside; null: nobody knows
 * @param trouble why the broker does not answer; null: it does, or there is none
 */
public record Roll(
        List<Worker> workers,
        @Nullable String broker,
        @Nullable Long takers,
        @Nullable Long waiting,
        @Nullable Long dead,
        @Nullable String trouble) {
    public Roll {
        workers = List.copyOf(workers);
    }

    /** How many are at work. */
    public long atWork() {
        return workers.stream().filter(Worker::lasts).count();
    }

    /** How many were cut off. */
    public long cutOff() {
        return workers.size() - atWork();
    }

    /**
     * Somebody who delivers a part.
     *
     * @param holder host and process
     * @param settled deliveries that were settled under the lease
     * @param perSecond of these, lately as far as that is known, else since it began
     * @param lasts whether the lease does; if not, its holder was cut off
     */
    public record Worker(
            String holder,
            String issue,
            long lease,
            long firstSubscriber,
            long lastSubscriber,
            Instant began,
            long settled,
            double perSecond,
            Instant leaseUntil,
            boolean lasts) {
        /** How long the lease still lasts, unless it is renewed. */
        public Duration left(Instant now) {
            Duration left = Duration.between(now, leaseUntil);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }
}
