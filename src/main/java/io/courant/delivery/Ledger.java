package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The ledger as others read it, at any time and beside a send; asking changes nothing. */
public interface Ledger {
    /** How many deliveries of the issue are in each state; states without deliveries are left out. */
    Map<DeliveryState, Long> counts(IssueId issue);

    /** Names of the {@link DomainGroups} of which deliveries are still open. */
    List<String> openGroups(IssueId issue);

    /** When the next DEFERRED or IN_DOUBT delivery is due, if any waits for a time. */
    Optional<Instant> nextDue(IssueId issue);

    /** Hands over what is known of every delivery in the state, in the order of subscribers. */
    void forEach(IssueId issue, DeliveryState state, Consumer<Entry> reader);

    /** A delivery as the ledger has it, with the attempts that said something. */
    record Entry(long subscriber, EmailAddress address, DeliveryState state, int inDoubt, List<Attempt> attempts) {
        public Entry {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * One attempt that did not simply succeed.
     *
     * @param outcome the state that it led to
     */
    record Attempt(Instant at, Phase phase, String reply, DeliveryState outcome) {}
}
