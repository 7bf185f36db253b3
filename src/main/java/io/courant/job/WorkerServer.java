package io.courant.job;

/** Lets this process work on parts that others have put in the {@link PartQueue}. */
public interface WorkerServer {
    /**
     * Begins to work.
     *
     * @param threads how many parts at a time
     * @return closing it takes no more parts, and ends when those begun are done, or after a while
     */
    AutoCloseable start(PartWork work, int threads);
}
