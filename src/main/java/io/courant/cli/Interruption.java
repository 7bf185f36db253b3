package io.courant.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C or SIGTERM while a command is at work: once somebody has said how to end cleanly, a signal asks for that, and
 * the process lives until the command has closed this. Before, a signal ends the process at once, and so does a second
 * one. The exit code is 128 and the signal's number, as shells expect.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final Map<String, Object> handlersBefore = new HashMap<>();
    private final Thread hook = new Thread(this::askForEnd);
    private volatile @Nullable Runnable cleanEnd;
    private volatile Runnable abruptEnd = () -> {};
    private volatile boolean happened;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
        // Java hands no second signal to shutdown hooks. JLine knows how to get it.
        EXIT_CODES.forEach((signal, exitCode) -> {
            Object before = Signals.register(signal, () -> end(exitCode));
            if (before != null) { // null where Java was told to leave signals alone
                handlersBefore.put(signal, before);
            }
        });
    }

    /** From now on, a signal runs the first and waits; one more runs the second and does not. */
    void endCleanlyBy(Runnable cleanEnd, Runnable abruptEnd) {
        this.abruptEnd = abruptEnd;
        this.cleanEnd = cleanEnd;
    }

    private void end(int exitCode) {
        if (signalled.compareAndSet(false, true)) {
            System.exit(exitCode); // which waits for the hook
        }
        abruptEnd.run();
        Runtime.getRuntime().halt(exitCode);
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
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                abruptEnd.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has ended, and all is said. */
    @Override
    public void close() {
        ended.countDown();
        handlersBefore.forEach(Signals::unregister);
        if (!happened) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                happened = true; // the signal came just now
            }
        }
    }
}
