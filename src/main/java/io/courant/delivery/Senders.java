package io.courant.delivery;

import io.courant.delivery.Deliveries.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that talk to the relay, each over a connection of its own that it opens when first needed and keeps. A
 * thread that cannot get a connection hands its claim back and retires. For every claim handed in exactly one word
 * comes back.
 */
final class Senders implements AutoCloseable {

    /** What a sender says about a claim. */
    sealed interface Word {
        Claim claim();
    }

    /** The attempt was made. */
    record Answered(Claim claim, Outcome outcome) implements Word {}

    /** There was no connection to make an attempt with. */
    record Unsent(Claim claim, RelayException cause) implements Word {}

    private final BlockingQueue<Optional<Claim>> work = new LinkedBlockingQueue<>(); // empty: go home
    private final BlockingQueue<Word> words = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger alive;
    private final Supplier<RelayConnection> connections;
    private final BiFunction<RelayConnection, Claim, Outcome> attempt;

    /**
     * @param attempt hands the claim's message to the relay
     */
    Senders(int count, Supplier<RelayConnection> connections, BiFunction<RelayConnection, Claim, Outcome> attempt) {
        this.alive = new AtomicInteger(count);
        this.connections = connections;
        this.attempt = attempt;
        for (int i = 1; i <= count; i++) {
            Thread thread = new Thread(() -> new Sender().run(), "sender-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    void hand(Claim claim) {
        work.add(Optional.of(claim));
    }

    /** A claim that no sender has begun with, if there is one. */
    Optional<Claim> takeBack() {
        Optional<Claim> claim = work.poll();
        return claim == null ? Optional.empty() : claim;
    }

    /** The next word, or nothing when none comes within the time. */
    Optional<Word> listen(Duration wait) throws InterruptedException {
        return Optional.ofNullable(words.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** How many have not retired. */
    int alive() {
        return alive.get();
    }

    /** Lets every sender finish what it is at and say goodbye to the relay. */
    @Override
    public void close() {
        threads.forEach(thread -> work.add(Optional.empty()));
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(5).toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Sender implements Runnable {
        private @Nullable RelayConnection connection;

        @Override
        public void run() {
            try {
                for (Optional<Claim> claim = work.take(); claim.isPresent(); claim = work.take()) {
                    Word word = send(claim.get());
                    if (word instanceof Unsent) {
                        alive.decrementAndGet();
                    }
                    words.add(word);
                    if (word instanceof Unsent) {
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                hangUp();
            }
        }

        private Word send(Claim claim) {
            try {
                RelayConnection current = connection();
                boolean used = current.isUsed();
                Outcome outcome = attempt.apply(current, claim);
                if (used && isTired(outcome)) {
                    // The relay closed a connection that had been used or idle for too long: no reason to wait.
                    hangUp();
                    outcome = attempt.apply(connection(), claim);
                }
                return new Answered(claim, outcome);
            } catch (RelayException e) {
                return new Unsent(claim, e);
            } catch (RuntimeException | Error e) {
                // Nobody knows how far it got.
                hangUp();
                return new Answered(claim, new Outcome.InDoubt("sender failed: " + e));
            }
        }

        private RelayConnection connection() {
            RelayConnection current = connection;
            if (current == null || !current.isUsable()) {
                hangUp();
                current = connections.get();
                connection = current;
            }
            return current;
        }

        private void hangUp() {
            RelayConnection current = connection;
            connection = null;
            if (current != null) {
                current.end();
            }
        }

        private static boolean isTired(Outcome outcome) {
            return outcome instanceof Outcome.NotSent
                    || (outcome instanceof Outcome.Deferred deferred
                            && deferred.phase() == Phase.MAIL
                            && deferred.reply().code() == 421);
        }
    }
}
