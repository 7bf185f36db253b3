package io.courant.upkeep;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the database is, for whoever looks after it. */
public interface Condition {
    /** What a quick look through all pages finds wrong; empty when it is sound. */
    List<String> damage();

    /** Why nothing can be written to it; empty when it can. */
    Optional<String> refusal();

    /** Bytes of the log of writes that are not yet in the database file. */
    long pending();

    /** The latest moment that anything in it was written down at, by the clock of then. */
    Optional<Instant> latest();

    /** The time by the clock of the server that it is on; empty where it is a file here. */
    Optional<Instant> clock();
}
