package io.courant.post;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests to one host start in the order they came, some time apart and a few at a time; the publisher's own hosts
 * are not spaced. A host that asked to be left alone is not asked again until that time is over.
 */
final class HostQueue {
    private static final int CONNECTIONS = 2; // what RFC 2616 asked of clients: enough, since starts are spaced

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Object> waiting = new ArrayDeque<>();
    private final long spacing;
    private final int parallel;
    private int running;
    private long next = System.nanoTime();
    private boolean own;
    private WebAnswer.@Nullable Failed rest;
    private long restUntil;

    HostQueue(FetchPolicy policy) {
        this.spacing = policy.spacing().toNanos();
        this.parallel = Math.max(1, policy.parallel());
    }

    /** Waits for a turn, which {@link #leave} ends; a host that rests now is to be looked at afterwards. */
    void enter() throws InterruptedException {
        lock.lockInterruptibly();
        Object me = new Object();
        waiting.add(me);
        try {
            while (rest() == null) {
                boolean first = waiting.peek() == me && running < (own ? parallel : CONNECTIONS);
                long wait = own ? 0 : next - System.nanoTime();
                if (first && wait <= 0) {
                    break;
                }
                if (first) {
                    var unused = changed.awaitNanos(wait);
                } else {
                    changed.await();
                }
            }
            running++;
            next = System.nanoTime() + spacing;
        } finally {
            waiting.remove(me);
            changed.signalAll();
            lock.unlock();
        }
    }

    /** The request leaves only now: finding the server may have taken long, and the server counts from here. */
    void sent() {
        lock.lock();
        try {
            next = System.nanoTime() + spacing;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            running--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The host is the publisher's own: as many at a time as there are fetches, and as soon as they come. */
    void own() {
        lock.lock();
        try {
            own = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isOwn() {
        lock.lock();
        try {
            return own;
        } finally {
            lock.unlock();
        }
    }

    /** The host asked to be left alone; all who wait are told so. */
    void rest(WebAnswer.Failed answer, Duration length) {
        lock.lock();
        try {
            rest = answer;
            restUntil = System.nanoTime() + length.toNanos();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What the host said when it asked to be left alone, while that lasts. */
    WebAnswer.@Nullable Failed rest() {
        lock.lock();
        try {
            if (rest != null && System.nanoTime() - restUntil >= 0) {
                rest = null;
            }
            return rest == null
                    ? null
                    : new WebAnswer.Failed(
                            0, rest.problem(), Duration.ofNanos(Math.max(1, restUntil - System.nanoTime())));
        } finally {
            lock.unlock();
        }
    }
}
