package io.courant.delivery;

import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Deliveries.Settlement;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Decides what an outcome means for its delivery – when it is tried again – and for the run – whether it should go on.
 * Used by one thread.
 */
final class Judge {
    /** Refusals of a sender that is not set up as the big mailbox providers ask: they say nothing about an address. */
    private static final Set<String> SENDER_AT_FAULT = Set.of("5.7.25", "5.7.26", "5.7.28", "5.7.29", "5.7.515");

    private final IssueId issue;
    private final DeliveryPolicy policy;
    private final DoubleSupplier random;
    private final List<Settlement> heldBack = new ArrayList<>();
    private long answers;
    private Optional<RuntimeException> halt = Optional.empty();

    Judge(IssueId issue, DeliveryPolicy policy, DoubleSupplier random) {
        this.issue = issue;
        this.policy = policy;
        this.random = random;
    }

    /** Why the run must not go on, if so. */
    Optional<RuntimeException> halt() {
        return halt;
    }

    /**
     * What a relay's answer means. The refusals among the first answers are held back until they are known not to be
     * too many, and then come with the answer that showed it.
     */
    List<Settlement> settle(Claim claim, Outcome outcome, Instant at, Relay relay) {
        Settlement settlement = settlement(claim, outcome, at, relay);
        if (settlement.outcome() instanceof Outcome.Rejected && halt.isPresent()) {
            return List.of(unmarked(settlement));
        }
        boolean firstTry = claim.deferrals() == 0 && claim.inDoubt() == 0;
        if (outcome instanceof Outcome.NotSent
                || !firstTry
                || answers >= policy.refusals().first()) {
            return List.of(settlement);
        }
        answers++;
        List<Settlement> settlements = new ArrayList<>();
        if (settlement.outcome() instanceof Outcome.Rejected rejected) {
            heldBack.add(settlement);
            if (policy.refusals().isTooMany(heldBack.size())) {
                halt(new TooManyRefusals(issue, heldBack.size(), answers, rejected.reply()));
            }
        } else {
            settlements.add(settlement);
        }
        if (answers == policy.refusals().first()) {
            settlements.addAll(release());
        }
        return settlements;
    }

    /** Whether there are refusals that are held back. */
    boolean holdsBack() {
        return !heldBack.isEmpty();
    }

    /** What was held back, when no more answers are awaited: nobody is marked where the run had to be stopped. */
    List<Settlement> release() {
        List<Settlement> released = heldBack.stream()
                .map(one -> halt.isPresent() ? unmarked(one) : one)
                .toList();
        heldBack.clear();
        return released;
    }

    private static Settlement unmarked(Settlement refused) {
        Outcome outcome = refused.outcome();
        return new Settlement(
                refused.subscriber(),
                refused.attempt(),
                refused.lease(),
                new Outcome.NotSent(outcome.phase(), outcome.said()),
                refused.at(),
                null);
    }

    private Settlement settlement(Claim claim, Outcome outcome, Instant at, Relay relay) {
        if (outcome instanceof Outcome.NotSent notSent) {
            return notSent(claim, notSent, at);
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return rejected(claim, rejected, at, relay);
        }
        if (outcome instanceof Outcome.Deferred) {
            return deferred(claim, outcome, at);
        }
        if (outcome instanceof Outcome.InDoubt
                && claim.inDoubt() < policy.doubt().resends()) {
            return claim.settled(outcome, at, at.plus(policy.doubt().after()));
        }
        return claim.settled(outcome, at, null);
    }

    /** The claim was never tried, through no fault of its own. */
    static Settlement untried(Claim claim, Instant at) {
        return claim.settled(new Outcome.Untried(), at, null);
    }

    /** Whether an answer asks for a slower pace to those who receive: RFC 3463 §3.8, and 421. */
    static boolean isThrottled(Outcome outcome) {
        return outcome instanceof Outcome.Deferred deferred
                && deferred.phase() != Phase.MAIL
                && (deferred.reply().code() == 421
                        || deferred.reply().enhancedStatus().startsWith("4.7."));
    }

    private Settlement deferred(Claim claim, Outcome outcome, Instant at) {
        Instant dueAt = at.plus(policy.retry().delay(claim.deferrals() + 1, random.getAsDouble()));
        return claim.settled(outcome, at, dueAt);
    }

    private Settlement rejected(Claim claim, Outcome.Rejected rejected, Instant at, Relay relay) {
        Reply reply = rejected.reply();
        // 552 is about the message's size (RFC 1870 §6.1); every other 5xx to MAIL is about the sender.
        boolean aboutSender = rejected.phase() == Phase.MAIL && reply.code() != 552;
        if (aboutSender || SENDER_AT_FAULT.contains(reply.enhancedStatus())) {
            halt(RelayException.permanent(
                    relay,
                    "refuses the sender, not the recipient (" + reply
                            + "); check the newsletter's from and whether the relay may send for its domain"));
            return claim.settled(new Outcome.NotSent(rejected.phase(), reply.toString()), at, null);
        }
        return claim.settled(rejected, at, null);
    }

    private Settlement notSent(Claim claim, Outcome.NotSent notSent, Instant at) {
        if (claim.attempt() == 1) {
            return claim.settled(notSent, at, null);
        }
        // Not the first time: it waits its turn, or one message that breaks connections would come round for ever.
        return deferred(
                claim,
                new Outcome.Deferred(
                        notSent.phase(), new Reply(451, "4.4.2 not sent: the connection was lost: " + notSent.cause())),
                at);
    }

    private void halt(RuntimeException reason) {
        if (halt.isEmpty()) {
            halt = Optional.of(reason);
        }
    }
}
