package io.courant.delivery;

import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as a sender writes it: one row per issue and subscriber. Each method is one short durable transaction.
 * Rows, not counters, decide who gets mail. {@link Ledger} is how others read it.
 */
public interface Deliveries {
    /**
     * Takes a lease, which lasts for a while and as long as it is renewed. Where nobody can send but the holder of the
     * process lock, it needs no renewal.
     *
     * @param holder who takes it, for people to read
     */
    Lease lease(IssueId issue, SubscriberRange range, String holder);

    /**
     * Lets a lease last for another while.
     *
     * @param settled how many deliveries have been settled under it so far
     * @return how many leases last now, this one included
     * @throws LeaseLost when it has ended
     */
    int renew(Lease lease, long settled);

    /** Gives a lease back: nothing is claimed under it any more. */
    void end(Lease lease);

    /**
     * Claims deliveries in the range of the demand's lease that are READY, or DEFERRED and due, as many as the demand
     * allows: they become SENDING, with one more attempt. What another claims at the same moment is passed over. Whoever unsubscribed or was suppressed since the issue was frozen becomes CANCELLED instead,
     * in the same transaction.
     *
     * @throws LeaseLost when the lease has ended
     */
    List<Claim> claim(IssueId issue, Demand demand, Instant now);

    /**
     * Writes down what came of claims, all in one commit. A settlement whose delivery is no longer SENDING at that
     * attempt under that lease is refused: somebody else was first.
     */
    void settle(IssueId issue, List<Settlement> settlements);

    /** {@link #settle} and then {@link #claim}, which an implementation may do in one commit. */
    default List<Claim> settleAndClaim(IssueId issue, List<Settlement> settlements, Demand demand, Instant now) {
        settle(issue, settlements);
        return claim(issue, demand, now);
    }

    /**
     * Notes that the final dots of these claims may leave now.
     *
     * @throws LeaseLost when one of them is no longer SENDING under its lease: then none may leave
     */
    void markDots(IssueId issue, List<Claim> claims);

    /**
     * {@link #settle} after an accident, when nobody knows what of it was written: settles what is still SENDING at
     * its attempt under its lease, and leaves the rest alone, an issue that it does not know as well. What was taken from
     * its lease and is in doubt for it is settled where the relay has accepted it; if it is past that, the attempt says
     * that there may be a second copy. Begins with connections of its own.
     */
    void reconcile(IssueId issue, List<Settlement> settlements);

    /** Puts everything that is SENDING under a lease back to READY: for the run that knows that none of it was tried. */
    void release(IssueId issue, Lease lease);

    /**
     * After a crash: whatever is SENDING under a lease that has ended was in flight when its process died, or froze.
     * Without the number of a lease, that is whatever is SENDING, so this is for the holder of the process lock. What was claimed to be marked before its final dot, and is not, was not sent and becomes READY;
     * the rest becomes IN_DOUBT once more, due at {@code resendAt}, or never if it was in doubt {@code resends} times
     * before.
     *
     * @return how many are in doubt for it
     */
    int recover(IssueId issue, Instant now, Instant resendAt, int resends);

    /**
     * Makes what would be due later due then: a clock that ran ahead, or a policy that has since become shorter, must
     * not hold mail up.
     */
    void clamp(IssueId issue, Instant latestDeferred, Instant latestInDoubt);

    /**
     * Puts IN_DOUBT deliveries back to READY, so they are sent again with the same Message-ID: those that are due, and
     * those that wait for a decision and have been in doubt {@code resends} times at most.
     *
     * @return how many
     */
    int resend(IssueId issue, Instant now, int resends);

    /**
     * Takes every IN_DOUBT delivery as ACCEPTED; its entry still tells how often it was in doubt.
     *
     * @return how many
     */
    int assumeSent(IssueId issue);

    /**
     * Gives up every DEFERRED delivery whose first deferral was before {@code deferredBefore}: it becomes EXPIRED.
     *
     * @return how many
     */
    int expire(IssueId issue, Instant deferredBefore);

    /**
     * A delivery that the caller may now hand to the relay.
     *
     * @param address as it stands in the list; whoever makes the message finds out whether it can be used, so that one
     *     that cannot holds nobody else up
     * @param variant which of the issue's variants this subscriber gets
     * @param group name of the domain group
     * @param from READY or DEFERRED
     * @param attempt 1 for the first
     * @param inDoubt how often this delivery has been in doubt before
     * @param deferrals how often it has been deferred before
     * @param lease the number of the lease under which it was claimed
     */
    record Claim(
            long subscriber,
            String address,
            Instant joined,
            String variant,
            String group,
            DeliveryState from,
            int attempt,
            int inDoubt,
            int deferrals,
            long lease) {
        /** What came of it; {@code dueAt} as in {@link Settlement}. */
        public Settlement settled(Outcome outcome, Instant at, @Nullable Instant dueAt) {
            return new Settlement(subscriber, attempt, lease, outcome, at, dueAt);
        }
    }

    /**
     * What came of a claim.
     *
     * @param dueAt when to try again, for DEFERRED and IN_DOUBT; {@code null}: never by itself
     */
    record Settlement(
            long subscriber,
            int attempt,
            long lease,
            Outcome outcome,
            Instant at,
            @Nullable Instant dueAt) {}
}
