package io.courant.delivery;

import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param counts how the issue's deliveries stand now; nothing is SENDING
 * @param run what this run did
 * @param stopped whether the run was told to stop before all that was due had been sent
 * @param nextDue when a delivery is due again, if one waits for a time
 */
public record Summary(
        IssueId issue,
        Map<DeliveryState, Long> counts,
        Tally run,
        boolean stopped,
        @Nullable Instant nextDue) {
    public Summary {
        counts = Map.copyOf(counts);
    }

    /** Whether every delivery is final. */
    public boolean isFinished() {
        return counts.keySet().stream().allMatch(DeliveryState::isFinal);
    }

    /**
     * Outcomes of one run.
     *
     * @param recovered found in flight after a crash, and in doubt since
     * @param resent went from in doubt back to ready at the start
     * @param expired deferred for too long
     */
    public record Tally(
            long accepted, long deferred, long rejected, long inDoubt, long recovered, long resent, long expired) {
        /** Messages that a relay has answered to, or may have taken. */
        public long messages() {
            return accepted + deferred + rejected + inDoubt;
        }
    }
}
