package io.courant.job;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.delivery.Deliveries;
import io.courant.delivery.Journal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Deletes for good what is kept of somebody, wherever Courant keeps it. It may be done again at any time. */
public final class Eraser {
    private final Path home;
    private final Journal journal;
    private final Deliveries deliveries;
    private final Erasures erasures;
    private final InstantSource clock;

    public Eraser(Path home, Journal journal, Deliveries deliveries, Erasures erasures, InstantSource clock) {
        this.home = home;
        this.journal = journal;
        this.deliveries = deliveries;
        this.erasures = erasures;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param known whether anything was kept
     * @param clean whether the database holds no old bytes any more
     * @param left where the address stands all the same
     * @param deletedCopies copies of the database, made before an update, that were deleted for it
     */
    public record Erased(boolean known, boolean clean, List<String> left, List<String> deletedCopies) {
        public Erased {
            left = List.copyOf(left);
            deletedCopies = List.copyOf(deletedCopies);
        }
    }

    /**
     * Erases somebody.
     *
     * @param before done first, once nobody else can write
     * @throws HomeLock.HeldException when another has the home folder: what a sender writes down meanwhile would not be
     *     found
     */
    public Erased erase(EmailAddress whose, Runnable before) {
        return HomeLock.holding(home, "erasing a subscriber", () -> {
            before.run();
            return eraseAlone(whose);
        });
    }

    /** The same for who holds the home folder's lock. */
    public Erased eraseAlone(EmailAddress whose) {
        journal.settleInto(deliveries);
        journal.clear();
        List<String> copies = erasures.oldCopies();
        boolean known = erasures.erase(whose, clock.instant());
        boolean clean = erasures.clean();
        return new Erased(known, clean, erasures.traces(whose), copies);
    }
}
