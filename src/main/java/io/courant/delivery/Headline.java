package io.courant.delivery;

import io.courant.issue.IssueId;
import io.courant.post.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An issue in brief, as a list of issues shows it: read without its items and messages.
 *
 * @param candidates active subscribers of the audience when it was frozen, the suppressed ones included
 * @param items how many it has
 * @param carriedOver how many did not fit
 * @param variants how many messages were made of it
 * @param unread sources that could not be read for it, and why
 * @param sendAfter before which sending does not begin; null: whenever it is approved
 * @param approvers how many people must approve it
 * @param approvedBy who has
 */
public record Headline(
        IssueId id,
        String newsletter,
        Instant date,
        String subject,
        FrozenIssue.State state,
        long candidates,
        int items,
        int carriedOver,
        int variants,
        List<Problem> unread,
        @Nullable Instant sendAfter,
        int approvers,
        List<String> approvedBy) {
    public Headline {
        unread = List.copyOf(unread);
        approvedBy = List.copyOf(approvedBy);
    }

    /** The moment that sending waits for, if it is still to come. */
    public Optional<Instant> waitsUntil(Instant now) {
        return Optional.ofNullable(sendAfter)
                .filter(moment -> state == FrozenIssue.State.APPROVED && now.isBefore(moment));
    }
}
