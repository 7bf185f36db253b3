package io.courant.editor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, when, from where. Acts are added, never changed and never deleted; each is bound to the one before it
 * by a {@link Seal}, so that to change one without a trace takes changing all that follow. Who can write the database
 * can do that: write the last seal down elsewhere from time to time, and compare.
 */
public interface AuditLog {
    /** Adds an act. */
    void note(Act act);

    /** The newest that a filter lets through, the newest first. */
    List<Entry> list(Filter filter);

    /** Looks through the whole. */
    Finding verify();

    /**
     * An act with its place.
     *
     * @param number counted from 1, without gaps
     */
    record Entry(long number, Act act, Seal seal) {}

    /**
     * Which acts are looked for; null: any.
     *
     * @param about their subject
     * @param before the number that theirs is below, as where a list goes on
     */
    record Filter(
            @Nullable String about,
            @Nullable Instant since,
            @Nullable String who,
            @Nullable Long before,
            int limit) {
        public Filter {
            about = about == null ? null : about.replace("\0", ""); // which PostgreSQL has no room for
            who = who == null ? null : who.replace("\0", "");
        }

        /** The newest ones. */
        public static Filter newest(int limit) {
            return new Filter(null, null, null, null, limit);
        }
    }

    /**
     * What became of the chain.
     *
     * @param acts how many there are
     * @param broken number of the first that is not as it was written, or that misses the one before it; null: none
     * @param last seal of the last; {@link Seal#FIRST} if there is none
     */
    record Finding(long acts, @Nullable Long broken, Seal last) {}
}
