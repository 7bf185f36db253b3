package io.courant.delivery;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections whose current step takes too long. A read time-out alone would not: a relay that sends a byte at
 * a time never trips it, and writing has none. One thread looks at all connections now and then, so that setting a
 * deadline costs a sender no more than a field.
 */
final class Watchdog implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(50);

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "relay-watchdog");
        daemon.setDaemon(true);
        return daemon;
    });

    Watchdog() {
        var unused = thread.scheduleWithFixedDelay(
                () -> watched.forEach(Watched::check), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins to watch; until {@link Watched#release} the step's deadlines are kept. */
    Watched watch(Runnable abort) {
        Watched one = new Watched(abort);
        watched.add(one);
        return one;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** One connection under watch. */
    final class Watched {
        private final Runnable abort;
        private volatile long deadline = Long.MAX_VALUE;
        private volatile long last = Long.MAX_VALUE;
        private volatile boolean expired;

        private Watched(Runnable abort) {
            this.abort = abort;
        }

        /** The step that begins now may take so long. */
        void allow(Duration duration) {
            // Long.MAX_VALUE stands for none; nanoTime stays centuries away from it.
            long until = System.nanoTime() + duration.toNanos();
            deadline = last == Long.MAX_VALUE || until - last < 0 ? until : last;
        }

        /** All steps together, from now to the next rest, may take so long. */
        void allowInAll(Duration duration) {
            last = System.nanoTime() + duration.toNanos();
        }

        /** No step is going on. */
        void rest() {
            deadline = Long.MAX_VALUE;
            last = Long.MAX_VALUE;
        }

        /** Whether a step took too long and the connection was closed for it. */
        boolean isExpired() {
            return expired;
        }

        void release() {
            watched.remove(this);
        }

        private void check() {
            long until = deadline;
            if (until != Long.MAX_VALUE && System.nanoTime() - until > 0) {
                expired = true;
                rest();
                abort.run();
            }
        }
    }
}
