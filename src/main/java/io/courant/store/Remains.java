package io.courant.store;

/** What deleted rows leave in the files that a database stands in. */
interface Remains {
    /** Whether nothing is left of an address that was just erased. */
    boolean areGone(Traces traces);

    /** Overwrites or drops them all; {@code false} when another process keeps that from being done. */
    boolean clear();
}
