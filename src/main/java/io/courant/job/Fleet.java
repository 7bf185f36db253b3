package io.courant.job;

import java.util.Optional;

/** The machines that send together, as far as the broker between them knows. */
public interface Fleet {
    /** A process that sends alone. */
    Fleet NONE = new Fleet() {
        @Override
        public Optional<Queues> queues() {
            return Optional.empty();
        }

        @Override
        public int requeue() {
            return 0;
        }
    };

    /**
     * How much there is to do; empty where this process sends alone.
     *
     * @throws FleetException when the broker cannot be reached
     */
    Optional<Queues> queues();

    /**
     * Gives the parts that were given up another chance.
     *
     * @return how many
     * @throws FleetException when the broker cannot be reached
     */
    int requeue();

    /**
     * The broker's queues.
     *
     * @param waiting parts that wait for a worker, or are with one
     * @param dead parts that were given up, because they failed again and again
     */
    record Queues(long waiting, long dead) {}
}
