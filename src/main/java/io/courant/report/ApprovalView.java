package io.courant.report;

import io.courant.delivery.Headline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An approval as {@code --json} shows it; scripts rely on these names.
 *
 * @param approvedBy whose approvals stand
 * @param approvers how many people must approve it
 * @param hash of what was frozen
 */
public record ApprovalView(
        String issue,
        String state,
        List<String> approvedBy,
        int approvers,
        @Nullable Instant sendAfter,
        String hash) {
    public ApprovalView {
        approvedBy = List.copyOf(approvedBy);
    }

    /**
     * Of an issue as it stands now.
     *
     * @param hash of what it is
     */
    public static ApprovalView of(Headline issue, String hash) {
        return new ApprovalView(
                issue.id().value(),
                IssueView.name(issue.state()),
                issue.approvedBy(),
                issue.approvers(),
                issue.sendAfter(),
                hash);
    }
}
