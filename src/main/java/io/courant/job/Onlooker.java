package io.courant.job;

import io.courant.delivery.Conductor;
import io.courant.delivery.Progress;
import java.util.function.Consumer;

/** Whoever watches a send from this process, and may ask it to stop. Safe for use by several threads. */
public final class Onlooker implements Conductor {
    private static final int EDITIONS = 500;

    private volatile Consumer<Progress> watcher = progress -> {};
    private volatile Consumer<String> listener = remark -> {};
    private volatile boolean stopRequested;
    private volatile boolean leaving;
    private volatile boolean quietHours = true;
    private volatile int printed;

    /** From now on, tells this watcher how far the send has got. */
    public void watch(Consumer<Progress> watcher) {
        this.watcher = watcher;
    }

    /** From now on, tells this listener what there is to know. */
    public void listen(Consumer<String> listener) {
        this.listener = listener;
    }

    /** Asks for a clean end: nothing new is begun, what is in flight is finished and written down. */
    public void requestStop() {
        stopRequested = true;
    }

    /** This process ends, and others go on with what it has begun for them: a clean end that leaves the rest to them. */
    public void leave() {
        leaving = true;
    }

    boolean isLeaving() {
        return leaving;
    }

    /** From now on, quiet hours hold nothing up: somebody wants it now. */
    public void disregardQuietHours() {
        quietHours = false;
    }

    /** From now on, quiet hours count. */
    void heedQuietHours() {
        quietHours = true;
    }

    boolean heedsQuietHours() {
        return quietHours;
    }

    @Override
    public Order order() {
        return stopRequested || leaving ? Order.STOP : Order.GO;
    }

    @Override
    public void progressed(Progress progress) {
        watcher.accept(progress);
    }

    /** Tells how many editions are printed; there may be thousands. */
    void printed(int editions, int of) {
        int before = printed;
        printed = editions;
        if (editions / EDITIONS > before / EDITIONS || (editions == of && of > 1 && before != of)) {
            listener.accept("printed %,d of %,d editions".formatted(editions, of));
        }
    }

    @Override
    public void remarked(String remark) {
        listener.accept(remark);
    }
}
