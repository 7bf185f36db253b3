package io.courant.job;

import io.courant.delivery.Scope;

/**
 * What the send at hand is about, and how much came of it: carried between {@link Runs} and {@link SendJob}. No job
 * parameter does that, because Spring Batch logs its parameters and keeps them for ever, and a scope may name people.
 */
class Errand {
    private Scope scope = Scope.ALL_DUE;
    private long messages;

    void begin(Scope wanted) {
        scope = wanted;
        messages = 0;
    }

    Scope scope() {
        return scope;
    }

    /** So many messages were answered by a relay, or may have been taken. */
    void sent(long answered) {
        messages = answered;
    }

    long messages() {
        return messages;
    }
}
