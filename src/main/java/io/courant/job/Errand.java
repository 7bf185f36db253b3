package io.courant.job;

import io.courant.delivery.Ledger;
import io.courant.delivery.Scope;
import io.courant.issue.IssueId;
import org.jspecify.annotations.Nullable;

/**
 * What the send at hand is about, and how much came of it: carried between {@link Runs} and {@link SendJob}. No job
 * parameter does that, because Spring Batch logs its parameters and keeps them for ever, and a scope may name people.
 */
class Errand {
    private Scope scope = Scope.ALL_DUE;
    private long messages;
    private @Nullable Overview overview;

    void begin(Scope wanted) {
        scope = wanted;
        messages = 0;
        overview = null;
    }

    /** How far the whole of the send has got, for all of its parts. */
    synchronized Overview overview(IssueId issue, Ledger ledger, Onlooker onlooker) {
        Overview known = overview;
        if (known == null) {
            known = new Overview(issue, ledger, onlooker);
            overview = known;
        }
        return known;
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
