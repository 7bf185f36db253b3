package io.courant.issue;

import io.courant.section.Trend;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that an issue is made of. The same draft gives the same issue, to the byte, whenever and wherever it is composed;
 * only the spelling of dates may differ between releases of Java.
 *
 * @param candidates all that is new to the newsletter, each section once
 * @param merged posts that another new one stands for
 * @param trends where the topics go; of those that are left out, nothing is said
 * @param since date of the newsletter's last issue, if there is one; named when nothing is new
 * @param edits what editors changed, in the order of editing
 */
public record Draft(
        Newsletter newsletter,
        IssueId id,
        Instant date,
        @Nullable Instant since,
        List<Candidate> candidates,
        List<Issue.Merged> merged,
        List<Trend> trends,
        List<Edit> edits) {
    public Draft {
        candidates = List.copyOf(candidates);
        merged = List.copyOf(merged);
        trends = List.copyOf(trends);
        edits = edits == null ? List.of() : List.copyOf(edits); // drafts that were frozen before there were any
    }

    /** A draft that no editor has changed. */
    public Draft(
            Newsletter newsletter,
            IssueId id,
            Instant date,
            @Nullable Instant since,
            List<Candidate> candidates,
            List<Issue.Merged> merged,
            List<Trend> trends) {
        this(newsletter, id, date, since, candidates, merged, trends, List.of());
    }

    /** Those of the merged posts whose story the issue tells to all its readers. */
    public List<Issue.Merged> mergedInto(Issue issue) {
        Set<Long> sections = issue.items().stream()
                .filter(item -> !issue.isBeyond(item))
                .map(Item::section)
                .collect(Collectors.toSet());
        Set<Long> told = candidates.stream()
                .filter(candidate -> sections.contains(candidate.section()))
                .map(Candidate::postId)
                .collect(Collectors.toSet());
        return merged.stream().filter(one -> told.contains(one.into())).toList();
    }

    /** The same draft, without where its newsletter reads: names stand in the candidates. */
    public Draft withoutSources() {
        return new Draft(newsletter.withoutSources(), id, date, since, candidates, merged, trends, edits);
    }

    /** The same draft of other candidates. */
    public Draft with(List<Candidate> others) {
        return new Draft(newsletter, id, date, since, others, merged, trends, edits);
    }
}
