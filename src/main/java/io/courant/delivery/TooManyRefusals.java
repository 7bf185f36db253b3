package io.courant.delivery;

import io.courant.issue.IssueId;

/** The relay refused so many of an issue's first messages that the run was stopped. What was not sent stays ready. */
public final class TooManyRefusals extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyRefusals(IssueId issue, long refused, long answered, Reply last) {
        super("issue " + issue + " stopped: " + refused + " of the first " + answered
                + " answers were refusals, the last of them '" + last
                + "'; check the list and whether the relay may send for this sender, then send the issue again: it goes"
                + " on with the rest");
    }
}
