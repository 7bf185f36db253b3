package io.courant.job;

import io.courant.delivery.Progress;
import java.util.function.Consumer;

/** Whoever watches a send, and may ask it to stop. Safe for use by several threads. */
public final class Onlooker {
    private volatile Consumer<Progress> watcher = progress -> {};
    private volatile boolean stopRequested;

    /** From now on, tells this watcher how far the send has got. */
    public void watch(Consumer<Progress> watcher) {
        this.watcher = watcher;
    }

    /** Asks for a clean end: nothing new is begun, what is in flight is finished and written down. */
    public void requestStop() {
        stopRequested = true;
    }

    boolean isStopRequested() {
        return stopRequested;
    }

    void progressed(Progress progress) {
        watcher.accept(progress);
    }
}
