package io.courant.desk;

import io.courant.job.HomeLock;
import io.courant.job.Runs;
import io.courant.job.Workshop;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Does what takes longer than anybody waits for a page: one errand at a time, from a thread of its own. Remembers of each
 * newsletter what came of its last, until the desk ends.
 */
@Component
final class Errands {
    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

    private final Workshop workshop;
    private final InstantSource clock;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> new Thread(work, "desk errands"));
    private final Map<String, Errand> last = new ConcurrentHashMap<>();
    private @Nullable Errand underWay;

    Errands(Workshop workshop, InstantSource clock) {
        this.workshop = workshop;
        this.clock = clock;
    }

    /**
     * Something that was begun.
     *
     * @param what as in {@code reading the sources}
     * @param ended null: it has not
     * @param told what came of it; empty while it has not ended
     * @param wrong whether it failed
     */
    record Errand(
            String newsletter,
            String what,
            String who,
            Instant begun,
            @Nullable Instant ended,
            String told,
            boolean wrong) {

        private Errand ended(Instant at, String words, boolean failed) {
            return new Errand(newsletter, what, who, begun, at, words, failed);
        }
    }

    /** The newsletter's last errand, under way or over. */
    Optional<Errand> last(String newsletter) {
        return Optional.ofNullable(last.get(newsletter));
    }

    /**
     * Begins an errand.
     *
     * @param work says in words what came of it
     * @throws IllegalStateException while another is under way
     */
    synchronized void begin(String newsletter, String what, String who, Function<Runs, String> work) {
        if (underWay != null) {
            throw new IllegalStateException("The desk is " + underWay.what() + " of " + underWay.newsletter() + " for "
                    + underWay.who() + " and does one thing at a time; try again when that is done.");
        }
        Errand errand = new Errand(newsletter, what, who, clock.instant(), null, "", false);
        underWay = errand;
        last.put(newsletter, errand);
        worker.execute(() -> run(errand, work));
    }

    private void run(Errand errand, Function<Runs, String> work) {
        try {
            end(errand, workshop.alone(errand.what() + " of " + errand.newsletter(), work), false);
        } catch (HomeLock.HeldException e) {
            end(errand, "Nothing was done: " + e.getMessage(), true);
        } catch (RuntimeException e) {
            LOG.error("newsletter={} {} failed", errand.newsletter(), errand.what(), e);
            end(errand, String.valueOf(e.getMessage()), true);
        }
    }

    private synchronized void end(Errand errand, String told, boolean wrong) {
        last.put(errand.newsletter(), errand.ended(clock.instant(), told, wrong));
        underWay = null;
    }

    /** What is under way is finished: it would have to be done again. */
    @PreDestroy
    void close() throws InterruptedException {
        worker.shutdown();
        if (!worker.awaitTermination(10, TimeUnit.MINUTES)) {
            LOG.warn("an errand of the desk had not ended after ten minutes");
        }
    }
}
