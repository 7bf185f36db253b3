package io.courant.delivery;

import io.courant.delivery.Deliveries.Settlement;
import io.courant.issue.IssueId;
import java.util.List;
import java.util.Map;

/**
 * Where settlements go that the ledger cannot take, because its disk is full or fails: a message that the relay has
 * taken must not be forgotten, or it would be sent again. Room for it is set aside before anything is sent.
 */
public interface Journal {
    /** Sets room aside for so many settlements; fails when there is none, and then nothing may be sent. */
    void reserve(int settlements);

    /** Keeps settlements, durably when it returns. */
    void keep(IssueId issue, List<Settlement> settlements);

    /** What was kept and not cleared, in the order in which it was kept. */
    Map<IssueId, List<Settlement>> kept();

    /** Writes into the ledger what was kept, and forgets it. */
    default void settleInto(Deliveries deliveries) {
        synchronized (this) { // what another run of this process keeps meanwhile is not to be forgotten
            Map<IssueId, List<Settlement>> kept = kept();
            if (!kept.isEmpty()) {
                kept.forEach(deliveries::reconcile);
                clear();
            }
        }
    }

    /** Forgets everything: the ledger has it. */
    void clear();
}
