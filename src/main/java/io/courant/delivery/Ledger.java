package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ledger as others read it, at any time and beside a send; asking changes nothing. */
public interface Ledger {
    /** How many deliveries of the issue are in each state; states without deliveries are left out. */
    Map<DeliveryState, Long> counts(IssueId issue);

    /** {@link #counts(IssueId)} for the deliveries of a range. */
    Map<DeliveryState, Long> counts(IssueId issue, SubscriberRange range);

    /** Names of the {@link DomainGroups} of which deliveries of the range are still open. */
    List<String> openGroups(IssueId issue, SubscriberRange range);

    /**
     * The deliveries that are open, in parts that can be sent by themselves; none where none is open.
     *
     * @param size how many a part has at most; 0: as suits the ledger
     */
    List<SubscriberRange> parts(IssueId issue, int size);

    /** When the next delivery is due that waits for a time: DEFERRED, IN_DOUBT, or READY for its reader's hour. */
    Optional<Instant> nextDue(IssueId issue);

    /** How many READY deliveries wait for an hour that their readers chose, and that has not come. */
    long scheduled(IssueId issue, Instant now);

    /** How many deliveries are SENDING: with a relay, or about to be. Cheap to ask. */
    long inFlight(IssueId issue);

    /** The runs that send now, on whichever machine, and those that were cut off; the oldest first. */
    List<Running> running();

    /** What is known of the delivery to an address, however it is spelt, if it is a recipient of the issue. */
    Optional<Entry> find(IssueId issue, EmailAddress address);

    /** Whether there is a delivery of the issue to the subscriber. */
    boolean isRecipient(IssueId issue, long subscriber);

    /** Hands over what is known of every delivery as of one moment, in the order of subscribers, one at a time. */
    void forEach(IssueId issue, Consumer<Entry> reader);

    /** {@link #forEach(IssueId, Consumer)} for the deliveries in a state. */
    void forEach(IssueId issue, DeliveryState state, Consumer<Entry> reader);

    /** {@link #forEach(IssueId, Consumer)} for the deliveries that are in doubt, or were and have come out of it. */
    void forEachInDoubt(IssueId issue, Consumer<Entry> reader);

    /**
     * Some deliveries, in the order of subscribers.
     *
     * @param state null: any
     * @param after number of the subscriber that the page before ended with; 0 begins
     */
    default List<Entry> page(IssueId issue, @Nullable DeliveryState state, long after, int most) {
        List<Entry> page = new ArrayList<>();
        forEach(issue, entry -> {
            if (entry.subscriber() > after && (state == null || state == entry.state()) && page.size() < most) {
                page.add(entry);
            }
        });
        return page;
    }

    /**
     * A delivery as the ledger has it, with the attempts that said something.
     *
     * @param address empty when the subscriber was erased
     * @param dueAt before which it is not sent, or not sent again; null: it does not wait for a time
     */
    record Entry(
            long subscriber,
            String address,
            DeliveryState state,
            int inDoubt,
            @Nullable Instant dueAt,
            List<Attempt> attempts) {
        public Entry {
            attempts = List.copyOf(attempts);
        }

        /** Whether all that was known of the subscriber was erased since. */
        public boolean isErased() {
            return address.isEmpty();
        }

        /** The address for people to read. */
        public String shownAddress() {
            return isErased() ? "(erased)" : address;
        }

        /** How often it was handed to a relay; a first attempt that simply succeeded said nothing. */
        public int tries() {
            boolean unsaid = state == DeliveryState.SENDING || (state == DeliveryState.ACCEPTED && attempts.isEmpty());
            long ends = attempts.stream()
                    .filter(attempt -> attempt.outcome() == DeliveryState.EXPIRED)
                    .count();
            return attempts.size() - (int) ends + (unsaid ? 1 : 0);
        }
    }

    /**
     * A run over some of an issue's deliveries, as its lease tells.
     *
     * @param holder who does it: host and process
     * @param until when its lease ends, unless it is renewed
     * @param settled how many deliveries have been settled under it
     * @param lasts whether it may still send; if not, it was cut off, and what it had in flight is in doubt
     */
    record Running(
            long lease,
            IssueId issue,
            SubscriberRange range,
            String holder,
            Instant beganAt,
            Instant until,
            long settled,
            boolean lasts) {}

    /**
     * One attempt that did not simply succeed.
     *
     * @param outcome the state that it led to
     */
    record Attempt(Instant at, Phase phase, String reply, DeliveryState outcome) {}
}
