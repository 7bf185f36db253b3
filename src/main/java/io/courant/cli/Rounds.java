package io.courant.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does the same again and again from a thread of its own, until it is told to end. Trouble with one round ends none that
 * follow, and is said once, not each time.
 */
final class Rounds implements AutoCloseable {
    private final String name;
    private final Duration every;
    private final Runnable round;
    private final Troubles troubles;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    /** @param name what it is that has trouble, in the words of a log */
    Rounds(String name, Duration every, Troubles troubles, Runnable round) {
        this.name = name;
        this.every = every;
        this.troubles = troubles;
        this.round = round;
        this.thread = new Thread(this::work, name);
    }

    void start() {
        thread.start();
    }

    private void work() {
        try {
            do {
                troubles.tellOf(name, round);
            } while (!end.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // an end like any other
        }
    }

    boolean isEnding() {
        return end.getCount() == 0;
    }

    /** Begins no other round. */
    void end() {
        end.countDown();
    }

    /** Begins no other round, and waits for the one that is under way. */
    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
