package io.courant.desk;

import io.courant.issue.IssueId;
import io.courant.job.HomeLock;
import io.courant.job.Runs;
import io.courant.job.Workshop;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Does what takes longer than anybody waits for a page: one errand at a time, from a thread of its own. Remembers what came
 * of the last hundred, until the desk ends.
 */
@Component
final class Errands {
    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);
    private static final int REMEMBERED = 100;

    private final Workshop workshop;
    private final InstantSource clock;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> new Thread(work, "desk errands"));
    private final Map<String, Errand> known = new LinkedHashMap<>(); // by id, the oldest first
    private @Nullable Errand underWay;

    Errands(Workshop workshop, InstantSource clock) {
        this.workshop = workshop;
        this.clock = clock;
    }

    /**
     * What came of an errand.
     *
     * @param words in lines
     * @param issue that was made; null: none was
     */
    record Outcome(String words, @Nullable IssueId issue) {
        static final Outcome NONE_YET = new Outcome("", null);
    }

    /**
     * Something that was begun.
     *
     * @param id by which it is found again
     * @param what as in {@code reading the sources}
     * @param ended null: it has not
     * @param wrong whether it failed
     */
    record Errand(
            String id,
            String newsletter,
            String what,
            String who,
            Instant begun,
            @Nullable Instant ended,
            Outcome outcome,
            boolean wrong) {

        private Errand ended(Instant at, Outcome came, boolean failed) {
            return new Errand(id, newsletter, what, who, begun, at, came, failed);
        }
    }

    synchronized Optional<Errand> find(String id) {
        return Optional.ofNullable(known.get(id));
    }

    /** The newsletter's last errand, under way or over. */
    synchronized Optional<Errand> last(String newsletter) {
        return known.values().stream()
                .filter(errand -> errand.newsletter().equals(newsletter))
                .reduce((earlier, later) -> later);
    }

    /**
     * Begins an errand.
     *
     * @throws Problems.Conflict while another is under way
     */
    synchronized Errand begin(String newsletter, String what, String who, Function<Runs, Outcome> work) {
        if (underWay != null) {
            throw new Problems.Conflict("The desk is " + underWay.what() + " of " + underWay.newsletter() + " for "
                    + underWay.who() + " and does one thing at a time; try again when that is done.");
        }
        Errand errand = new Errand(
                UUID.randomUUID().toString(), newsletter, what, who, clock.instant(), null, Outcome.NONE_YET, false);
        underWay = errand;
        known.put(errand.id(), errand);
        if (known.size() > REMEMBERED) {
            known.remove(known.keySet().iterator().next());
        }
        worker.execute(() -> run(errand, work));
        return errand;
    }

    private void run(Errand errand, Function<Runs, Outcome> work) {
        try {
            end(errand, workshop.alone(errand.what() + " of " + errand.newsletter(), work), false);
        } catch (HomeLock.HeldException e) {
            end(errand, new Outcome("Nothing was done: " + e.getMessage(), null), true);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
            // or else it would be under way, and keep others from beginning, until the desk is started anew
            LOG.error("newsletter={} {} failed", errand.newsletter(), errand.what(), e);
            end(errand, new Outcome(String.valueOf(e.getMessage()), null), true);
        }
    }

    private synchronized void end(Errand errand, Outcome outcome, boolean wrong) {
        known.put(errand.id(), errand.ended(clock.instant(), outcome, wrong));
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
