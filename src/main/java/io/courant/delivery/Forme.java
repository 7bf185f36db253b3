package io.courant.delivery;

import io.courant.issue.Draft;
import io.courant.issue.Edition;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the editions of an issue are printed from, but for templates and keys. From the same forme comes the same
 * message for the same edition, whichever machine prints it.
 *
 * @param whole what is new; null: nothing is
 * @param draft what the whole was made of; null: there is none
 * @param earlier issues that editions may reach back to, newest first
 * @param counting whether the items' links lead by way of a page that counts
 */
public record Forme(
        Newsletter newsletter,
        IssueId id,
        Instant date,
        @Nullable Issue whole,
        @Nullable Draft draft,
        List<IssueId> earlier,
        boolean counting) {
    public Forme {
        earlier = List.copyOf(earlier);
    }

    /** Whether an edition is what somebody gets who wants nothing special. */
    public boolean isWhole(Edition edition) {
        return whole != null && edition.isWholeOf(whole, newsletter.language());
    }
}
