package io.courant.delivery;

import io.courant.issue.IssueId;
import java.util.List;

/** An issue is not any more what was approved, so nothing of it goes out. */
public final class ApprovalVoid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param changed in words, what has */
    public ApprovalVoid(IssueId issue, List<String> changed) {
        super("issue " + issue + " is not sent, because it is not what was approved: " + String.join(", ", changed)
                + " changed since; look at it and approve it again ('courant approve " + issue
                + "'), or give it up ('courant cancel " + issue + "')");
    }
}
