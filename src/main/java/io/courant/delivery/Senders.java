package io.courant.delivery;

import io.courant.delivery.Deliveries.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that talk to one relay, as many as {@link #grow} was told, each over a connection of its own that it opens
 * when first needed and keeps. A thread that cannot get a connection hands its claim back and retires. For every claim
 * handed in exactly one {@link Answered} or {@link Unsent} comes back.
 */
final class Senders implements AutoCloseable {

    /** What a sender says about a claim. */
    sealed interface Word {
        Claim claim();
    }

    /** All has been said but the final dot; the sender waits for the gate. */
    record AtDot(Claim claim, CompletableFuture<Boolean> gate) implements Word {}

    /** The attempt was made. */
    record Answered(Claim claim, Outcome outcome) implements Word {}

    /** There was no connection to make an attempt with; who says so retires. */
    record Unsent(Claim claim, RelayException cause) implements Word {}

    private final BlockingQueue<Optional<Claim>> work = new LinkedBlockingQueue<>(); // empty: go home
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger alive = new AtomicInteger();
    private final Supplier<RelayConnection> connections;
    private final Function<Claim, Mail> writer;
    private final boolean stopsAtDot;
    private final Consumer<Word> words;

    /**
     * @param writer makes the mail of a claim
     * @param stopsAtDot whether a sender asks before it sends a final dot
     * @param words hears what the senders say, on their threads
     */
    Senders(
            Supplier<RelayConnection> connections,
            Function<Claim, Mail> writer,
            boolean stopsAtDot,
            Consumer<Word> words) {
        this.connections = connections;
        this.writer = writer;
        this.stopsAtDot = stopsAtDot;
        this.words = words;
    }

    /** Lets there be so many at least. */
    void grow(int count) {
        while (alive.get() < count) {
            alive.incrementAndGet();
            Thread thread = new Thread(() -> new Sender().run(), "sender-" + (threads.size() + 1));
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    void hand(Claim claim) {
        work.add(Optional.of(claim));
    }

    /** Whether senders have to wait for claims. */
    boolean isIdle() {
        return work.isEmpty();
    }

    /** A claim that no sender has begun with, if there is one. */
    Optional<Claim> takeBack() {
        Optional<Claim> claim = work.poll();
        if (claim == null) {
            return Optional.empty();
        }
        if (claim.isEmpty()) {
            work.add(claim); // for whom it was meant
        }
        return claim;
    }

    /** One has said that it retires. Counted only now, so that nobody took its place before it was known why. */
    void retired() {
        alive.decrementAndGet();
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
        private @Nullable Letter following; // its envelope may have left already

        @Override
        public void run() {
            try {
                for (Letter letter = take(); letter != null; letter = take()) {
                    Word word = send(letter);
                    if (word instanceof Unsent && following != null) {
                        hand(following.claim()); // to somebody who can
                    }
                    words.accept(word);
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

        /** The next letter, waiting for it if need be; nothing when it is time to go home. */
        private @Nullable Letter take() throws InterruptedException {
            Letter next = following;
            following = null;
            while (next == null) {
                Optional<Claim> claim = work.take();
                if (claim.isEmpty()) {
                    return null;
                }
                next = write(claim.get()).orElse(null);
            }
            return next;
        }

        /** The next mail if there is one already. */
        private Optional<Mail> peek() {
            while (following == null) {
                Optional<Claim> claim = takeBack();
                if (claim.isEmpty()) {
                    return Optional.empty();
                }
                following = write(claim.get()).orElse(null);
            }
            return Optional.of(following.mail());
        }

        private Optional<Letter> write(Claim claim) {
            try {
                return Optional.of(new Letter(claim, writer.apply(claim)));
            } catch (Error e) {
                words.accept(new Answered(claim, new Outcome.NotSent(Phase.CONNECT, "sender failed: " + e)));
                return Optional.empty();
            } catch (RuntimeException e) {
                // What is wrong with one subscriber's data must not hold up the others.
                words.accept(new Answered(
                        claim,
                        new Outcome.Rejected(
                                Phase.CONNECT,
                                new Reply(554, "5.6.0 not sent: the message could not be made: " + e.getMessage()))));
                return Optional.empty();
            }
        }

        private Word send(Letter letter) {
            Claim claim = letter.claim();
            boolean begun = false;
            try {
                RelayConnection current = connection();
                begun = true;
                boolean used = current.isUsed();
                Outcome outcome = current.transact(letter.mail(), this::peek, gate(claim));
                if (used && isTired(outcome)) {
                    // The relay closed a connection that had been used or idle for too long: no reason to wait.
                    hangUp();
                    current = connection();
                    outcome = current.transact(letter.mail(), this::peek, gate(claim));
                }
                if (isGoodbye(outcome) && alive.get() > 1) {
                    // It closed one that was new, while others go on: there were too many.
                    return new Unsent(claim, current.turnedAway());
                }
                return new Answered(claim, outcome);
            } catch (RelayException e) {
                return new Unsent(claim, e);
            } catch (RuntimeException | Error e) {
                // Nobody knows how far it got.
                hangUp();
                String cause = "sender failed: " + e;
                return new Answered(
                        claim, begun ? new Outcome.InDoubt(cause) : new Outcome.NotSent(Phase.CONNECT, cause));
            }
        }

        private BooleanSupplier gate(Claim claim) {
            if (!stopsAtDot) {
                return () -> true;
            }
            return () -> {
                CompletableFuture<Boolean> gate = new CompletableFuture<>();
                words.accept(new AtDot(claim, gate));
                return gate.join();
            };
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
            return outcome instanceof Outcome.NotSent || isGoodbye(outcome);
        }

        private static boolean isGoodbye(Outcome outcome) {
            return outcome instanceof Outcome.Deferred deferred
                    && deferred.phase() == Phase.MAIL
                    && deferred.reply().code() == 421;
        }
    }

    /** A claim with the mail that was made for it. */
    private record Letter(Claim claim, Mail mail) {}
}
