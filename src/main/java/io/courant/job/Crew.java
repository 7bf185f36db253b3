package io.courant.job;

/** Those who deliver the parts of issues together: the queue that they take them from, and what this process does. */
public final class Crew {
    private final PartQueue queue;
    private final WorkerServer worker;
    private final boolean helps;

    /** @param helps whether this process works on the parts of its own sends, too */
    public Crew(PartQueue queue, WorkerServer worker, boolean helps) {
        this.queue = queue;
        this.worker = worker;
        this.helps = helps;
    }

    public PartQueue queue() {
        return queue;
    }

    public WorkerServer worker() {
        return worker;
    }

    /** Works on parts while this process waits for a send of its own, if it does. */
    AutoCloseable help(PartWork work) {
        return helps ? worker.start(work, 1) : () -> {};
    }
}
