package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.Set;

/** Deliveries that went wrong for good, and the second chance that an editor may give them. */
public interface Failures {
    /**
     * Makes deliveries READY again: those that the wish is about, except to whoever left or gets no mail any more, and,
     * once an issue is finished, to whom what has expired comes with their next mail anyway. A finished issue is APPROVED
     * again if there are any. The caller holds the home folder's lock, so that nobody is about to finish it.
     *
     * @return how many
     * @throws IllegalArgumentException when the issue was cancelled or awaits approval, or nobody got it, so that its
     *     items are new again
     */
    int retry(IssueId issue, Wish wish, Instant at);

    /**
     * What is to be tried again.
     *
     * @param states of them, REJECTED or EXPIRED
     * @param only to these addresses; empty: to all
     */
    record Wish(Set<DeliveryState> states, Set<EmailAddress> only) {
        public Wish {
            states = Set.copyOf(states);
            only = Set.copyOf(only);
            if (states.isEmpty() || !states.stream().allMatch(DeliveryState::isFailed)) {
                throw new IllegalArgumentException("only what was rejected or has expired can be tried again");
            }
        }
    }
}
