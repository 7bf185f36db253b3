package io.courant.job;

import java.util.Collection;
import java.util.Set;

/**
 * The parts of issues that wait for whoever takes them next, by the numbers of their step executions. A part is handed
 * out again until it was done, and set aside when that fails again and again. Each call ends in finite time.
 */
public interface PartQueue {
    /**
     * Puts parts in: all of them or none.
     *
     * @throws BrokerException when the broker cannot be used
     */
    void put(long jobExecution, Collection<Long> parts);

    /**
     * How many wait for a worker, or are with one.
     *
     * @throws BrokerException when the broker cannot be used
     */
    long waiting();

    /**
     * How many parts could be taken at a time: by those who are connected, at work or not.
     *
     * @throws BrokerException when the broker cannot be used
     */
    long takers();

    /**
     * How many were set aside.
     *
     * @throws BrokerException when the broker cannot be used
     */
    long dead();

    /**
     * Those of a job execution that were set aside.
     *
     * @throws BrokerException when the broker cannot be used
     */
    Set<Long> dead(long jobExecution);

    /**
     * Gives those that were set aside another chance.
     *
     * @return how many
     * @throws BrokerException when the broker cannot be used
     */
    int requeue();

    /** Where it is, for people to read. */
    String name();
}
