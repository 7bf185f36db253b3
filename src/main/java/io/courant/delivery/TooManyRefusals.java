package io.courant.delivery;

import io.courant.issue.IssueId;

/** The relay refused so many of an issue's first messages that the run was stopped. Whoever was refused stays ready, too. */
public final class TooManyRefusals extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What another machine has said. */
    public TooManyRefusals(String message) {
        super(message);
    }

    TooManyRefusals(IssueId issue, long refused, long answered, Reply last) {
        super("issue " + issue + " stopped: " + refused + " of the first " + answered
                + " answers were refusals, the last of them '" + last
                + "', so nobody was marked; check the list and whether the relay may send for this sender, then send the"
                + " issue again; with --set delivery.refusals=1 it goes on whatever the relay says");
    }
}
