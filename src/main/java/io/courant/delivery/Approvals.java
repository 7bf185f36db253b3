package io.courant.delivery;

import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps who let an issue be sent. An approval binds to the {@link Seal} of what was frozen: as soon as anything of that
 * is different, it is void. Approvals are never deleted, only withdrawn.
 */
public interface Approvals {
    /** What there is to approve of an issue now; empty if there is no such issue. */
    Optional<Seal> seal(IssueId issue);

    /** The approvals that stand, the first one first. */
    List<Approval> of(IssueId issue);

    /** Lets somebody approve an issue; whatever the answer, but {@link Ruling.Approved}, it is not sent. */
    Ruling approve(IssueId issue, Assent assent);

    /** Takes back all approvals of an issue, which waits for new ones; false if it had none, or is over. */
    boolean withdraw(IssueId issue, String by, Instant at);

    /**
     * Looks whether an issue is still what was approved. If it is not, its approvals are void and it awaits new ones.
     *
     * @return what has changed, in words; empty if it may be sent
     */
    List<String> uphold(IssueId issue, Instant at);

    /**
     * An approval that stands.
     *
     * @param hash of the {@link Seal}
     */
    record Approval(String by, String hash, Instant at) {}

    /**
     * Somebody's word that an issue may be sent.
     *
     * @param hash of what they saw; null takes what there is
     * @param sendAfter before which sending does not begin; null: as soon as the grace period is over
     */
    record Assent(
            String by,
            Instant at,
            @Nullable String hash,
            @Nullable Instant sendAfter) {}

    /** What comes of it. */
    sealed interface Ruling {
        /**
         * It may be sent.
         *
         * @param sendAfter not before; null: at once
         */
        record Approved(@Nullable Instant sendAfter) implements Ruling {}

        /** Somebody else must approve it, too. */
        record NeedsAnother() implements Ruling {}

        /** The same person has approved it already. */
        record Twice() implements Ruling {}

        /**
         * It is not what the approver saw.
         *
         * @param hash of what it is
         */
        record Differs(String hash) implements Ruling {}

        /** There is nothing to approve in this state. */
        record Moot(FrozenIssue.State state) implements Ruling {}
    }
}
