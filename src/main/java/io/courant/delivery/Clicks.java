package io.courant.delivery;

import io.courant.issue.IssueId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps where the links of an issue lead, and how often each was followed. By whom and when is not kept, and a count
 * that is so small that it might tell is not told.
 */
public interface Clicks {
    /** Fewer are not told. */
    int LEAST = 10;

    /**
     * A link of an issue.
     *
     * @param clicks how often it was followed; null if that was less than {@link #LEAST} times
     */
    record Link(int number, URI target, @Nullable Long clicks) {}

    /** Where a link leads; empty unless it was stored with the issue. */
    Optional<URI> target(IssueId issue, long number);

    /** Counts a link as followed once more, or takes that back. */
    void add(IssueId issue, long number, int change);

    /** An issue's links in the order of their numbers; none if its newsletter did not measure. */
    List<Link> of(IssueId issue);
}
