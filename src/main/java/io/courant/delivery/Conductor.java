package io.courant.delivery;

/** Whoever watches a send and tells it to go on, to pause or to end. Called by the thread that runs the courier. */
public interface Conductor {
    /** What the send should do. Asked often, so the answer has to be at hand. */
    Order order();

    /** How far the send has got; told after each commit, and now and then while it waits. */
    void progressed(Progress progress);

    /** Something that whoever watches should know, in a sentence: that a relay rests, for example. */
    void remarked(String remark);

    /** In each case but the first, what is in flight is finished and written down. */
    enum Order {
        GO,
        /** Begin nothing new until told to go on. */
        PAUSE,
        /** Begin nothing new, and end. */
        STOP
    }
}
