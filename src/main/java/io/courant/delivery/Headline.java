package io.courant.delivery;

import io.courant.issue.IssueId;
import java.time.Instant;

/**
 * An issue in brief, as a list of issues shows it: read without its items and messages.
 *
 * @param candidates active subscribers of the audience when it was frozen, the suppressed ones included
 * @param items how many it has
 * @param carriedOver how many did not fit
 * @param variants how many messages were made of it
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
        int variants) {}
