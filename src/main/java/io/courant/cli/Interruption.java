package io.courant.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C or SIGTERM while a command is at work: once somebody has said how to end cleanly, a signal asks for that, and
 * the process lives until the command has closed this. Before, a signal ends the process at once. The exit code for
 * the signal is the operating system's.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::askForEnd);
    private volatile @Nullable Runnable cleanEnd;
    private volatile boolean happened;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From now on, a signal runs this and waits. */
    void endCleanlyBy(Runnable cleanEnd) {
        this.cleanEnd = cleanEnd;
    }

    boolean happened() {
        return happened;
    }

    private void askForEnd() {
        happened = true;
        Runnable end = cleanEnd;
        if (end != null) {
            end.run();
            await();
        }
    }

    /** After that long, whatever is still in flight counts as in doubt, and the next run will see to it. */
    private void await() {
        try {
            boolean inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            happened |= inTime;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has ended, and all is said. */
    @Override
    public void close() {
        ended.countDown();
        if (!happened) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                happened = true; // the signal came just now
            }
        }
    }
}
