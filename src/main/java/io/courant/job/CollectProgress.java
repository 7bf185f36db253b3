package io.courant.job;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Says from time to time how many sources were read; nothing where that takes no time. */
final class CollectProgress implements IntConsumer {
    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final int sources;
    private final Consumer<String> listener;
    private long said = System.nanoTime();

    CollectProgress(int sources, Consumer<String> listener) {
        this.sources = sources;
        this.listener = listener;
    }

    @Override
    public synchronized void accept(int done) {
        long now = System.nanoTime();
        if (now - said >= EVERY_NANOS) {
            said = now;
            listener.accept("read " + done + " of " + sources + " sources");
        }
    }
}
