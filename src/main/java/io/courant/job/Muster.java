package io.courant.job;

import io.courant.delivery.Ledger;
import io.courant.delivery.Ledger.Running;
import io.courant.job.Roll.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls the roll of those who deliver. The broker is asked now and then only, however many want to know, and one that
 * cannot be reached keeps nobody from seeing the rest. Safe for use by several threads.
 */
public final class Muster {
    private static final Duration FRESH = Duration.ofSeconds(2);
    /** Each look at a broker that does not answer takes seconds. */
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(15);
    /** So far back a pace is that of lately. */
    private static final Duration LATELY = Duration.ofSeconds(30);
    /** Who was cut off is of interest for so long; the lease stays on record for longer. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Ledger ledger;
    private final Optional<Crew> crew;
    private final InstantSource clock;
    private final Map<Long, Deque<Mark>> marks = new HashMap<>();
    private @Nullable Queued queued;

    public Muster(Ledger ledger, Optional<Crew> crew, InstantSource clock) {
        this.ledger = ledger;
        this.crew = crew;
        this.clock = clock;
    }

    /** How far a lease's holder had got. */
    private record Mark(Instant at, long settled) {}

    /** What the broker said, and when by the machine's own clock. */
    private record Queued(
            @Nullable Long takers,
            @Nullable Long waiting,
            @Nullable Long dead,
            @Nullable String trouble,
            long at) {
        private boolean isFresh() {
            return System.nanoTime() - at < (trouble == null ? FRESH : AFTER_TROUBLE).toNanos();
        }
    }

    /** Whether there is a queue that several machines take their work from. */
    public boolean isShared() {
        return crew.isPresent();
    }

    /** As it is now. */
    public Roll roll() {
        List<Worker> workers = workers();
        if (crew.isEmpty()) {
            return new Roll(workers, null, null, null, null, null);
        }
        Queued now = queued(crew.get().queue());
        return new Roll(workers, crew.get().queue().name(), now.takers(), now.waiting(), now.dead(), now.trouble());
    }

    /** Why the broker cannot be used; empty: it can, or there is none. */
    public Optional<String> trouble() {
        return crew.map(one -> queued(one.queue()).trouble());
    }

    /**
     * Gives the parts that were set aside another chance.
     *
     * @return how many
     * @throws IllegalStateException when there is no queue
     * @throws BrokerException when the broker cannot be used
     */
    public int requeue() {
        PartQueue queue = crew.orElseThrow(
                        () -> new IllegalStateException("no broker is configured, so no part was set aside"))
                .queue();
        int again = queue.requeue();
        forget();
        return again;
    }

    private synchronized void forget() {
        queued = null;
    }

    private synchronized Queued queued(PartQueue queue) {
        Queued known = queued;
        if (known == null || !known.isFresh()) {
            known = ask(queue);
            queued = known;
        }
        return known;
    }

    private static Queued ask(PartQueue queue) {
        try {
            return new Queued(queue.takers(), queue.waiting(), queue.dead(), null, System.nanoTime());
        } catch (BrokerException e) {
            return new Queued(null, null, null, String.valueOf(e.getMessage()), System.nanoTime());
        }
    }

    private List<Worker> workers() {
        Instant now = clock.instant();
        List<Running> running = ledger.running().stream()
                .filter(run -> run.lasts() || run.until().isAfter(now.minus(REMEMBERED)))
                .toList();
        synchronized (marks) {
            marks.keySet().retainAll(running.stream().map(Running::lease).collect(Collectors.toSet()));
            return running.stream().map(run -> worker(run, now)).toList();
        }
    }

    private Worker worker(Running run, Instant now) {
        return new Worker(
                run.holder(),
                run.issue().value(),
                run.lease(),
                run.range().first(),
                run.range().last(),
                run.beganAt(),
                run.settled(),
                run.lasts() ? perSecond(run, now) : 0,
                run.until(),
                run.lasts());
    }

    private double perSecond(Running run, Instant now) {
        Deque<Mark> known =
                marks.computeIfAbsent(run.lease(), first -> new ArrayDeque<>(List.of(new Mark(run.beganAt(), 0))));
        if (known.getLast().settled() != run.settled()) {
            known.add(new Mark(now, run.settled()));
        }
        Mark from = known.removeFirst();
        while (!known.isEmpty() && known.getFirst().at().isBefore(now.minus(LATELY))) {
            from = known.removeFirst();
        }
        known.addFirst(from);
        double seconds = Math.max(1, Duration.between(from.at(), now).toMillis() / 1000.0);
        return (run.settled() - from.settled()) / seconds;
    }
}
