package io.courant.job;

import java.util.function.Function;

/** Where a process that stays does what nobody else may do beside: with the home folder locked, and in jobs of its own. */
public interface Workshop {
    /**
     * Does a piece of work from beginning to end.
     *
     * @param purpose what a second process is told meanwhile
     * @throws HomeLock.HeldException when somebody else is at work; nothing was done then
     */
    <T> T alone(String purpose, Function<Runs, T> work);
}
