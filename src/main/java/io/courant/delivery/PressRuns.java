package io.courant.delivery;

import io.courant.issue.Edition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps what several machines print together, until the issue is made of it. */
public interface PressRuns {
    /**
     * Keeps editions that are to be printed, and the forme. What was left by whoever has died is forgotten.
     *
     * @param samples what was printed already, for others to compare with
     * @return the number of the run
     */
    long begin(Forme forme, List<Print> samples, List<Edition> editions, Instant now);

    /** Empty: the run has ended. */
    Optional<Forme> forme(long run);

    /** Those with numbers from the first to the last that are not printed yet, in the order of their numbers. */
    List<Edition> unprinted(long run, int first, int last);

    /** Keeps what was printed. The messages were {@linkplain FrozenIssues#keep kept} before. */
    void print(long run, List<Print> prints);

    /** What was printed so far, the samples included, in the order of the editions' numbers. */
    List<Print> prints(long run);

    /** Of how many of the editions it is kept that they were printed, samples included. */
    int printed(long run);

    /** Forgets a run. */
    void end(long run);
}
