package io.courant.upkeep;

import java.util.Optional;

/**
 * The right to run jobs on an installation's database: one process at a time, on whichever machine. It ends with the
 * process that has it, however that ends.
 */
public interface RunLock {
    /** The right, until it is closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes the right, unless another has it.
     *
     * @param purpose what others are told: who it is, and what it does
     */
    Optional<Held> take(String purpose);

    /** The purpose of whoever has it. */
    Optional<String> holder();
}
