package io.courant.issue;

import io.courant.section.Trend;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an issue is made of. The same draft gives the same issue, to the byte, whenever and wherever it is composed;
 * only the spelling of dates may differ between releases of Java.
 *
 * @param candidates all that is new to the newsletter, each section once
 * @param merged posts that another new one stands for
 * @param trends where the topics go; of those that are left out, nothing is said
 * @param since date of the newsletter's last issue, if there is one; named when nothing is new
 */
public record Draft(
        Newsletter newsletter,
        IssueId id,
        Instant date,
        @Nullable Instant since,
        List<Candidate> candidates,
        List<Issue.Merged> merged,
        List<Trend> trends) {
    public Draft {
        candidates = List.copyOf(candidates);
        merged = List.copyOf(merged);
        trends = List.copyOf(trends);
    }

    /** The same draft of other candidates. */
    public Draft with(List<Candidate> others) {
        return new Draft(newsletter, id, date, since, others, merged, trends);
    }
}
