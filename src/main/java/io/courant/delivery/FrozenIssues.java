package io.courant.delivery;

import io.courant.audience.Segment;
import io.courant.issue.Draft;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.post.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the issues that were frozen. */
public interface FrozenIssues {
    /**
     * Freezes an issue in one transaction: its items (each at most once per newsletter, or the whole is refused),
     * variants, and one delivery for every active subscriber of the segment. Suppressed ones are recorded as such.
     * Posts that were merged are no news any more either.
     */
    void freeze(Frozen frozen);

    Optional<FrozenIssue> find(IssueId id);

    /** What an issue was made of, its candidates without their texts; empty if it was frozen before that was kept. */
    Optional<Draft> draft(IssueId id);

    /** The same in brief, and much sooner: neither items nor messages are read. */
    Optional<Headline> headline(IssueId id);

    /** Whether the issue may be sent, for those who ask often. */
    Optional<FrozenIssue.State> state(IssueId id);

    /** The newest issue of a newsletter. */
    Optional<FrozenIssue> latest(String newsletter);

    /** Issues with which something is left to do: neither FINISHED nor CANCELLED, oldest first. */
    List<IssueId> unfinished(String newsletter);

    /** Ids of a newsletter's issues, newest first. */
    List<IssueId> list(String newsletter);

    /**
     * Ids of a newsletter's issues for everybody to see, newest first: those that may be sent, are being sent, or were.
     * What was cancelled or refused before anybody can have got it is not among them.
     */
    List<IssueId> published(String newsletter);

    /** Names of the newsletters that have issues, in alphabetical order. */
    List<String> newsletters();

    /** Lets an issue be sent. Nothing changes if it was approved before. */
    void approve(IssueId id, Instant at);

    /** Holds an issue for a while. Nothing changes unless it is approved. */
    void pause(IssueId id);

    /** Holds an issue. Nothing changes unless it is approved or paused. */
    void stop(IssueId id);

    /** Lets an issue that is held go on. Nothing changes unless it is paused or stopped. */
    void resume(IssueId id);

    /**
     * Notes that every delivery is final, also of an issue that was held too late to change that. If nobody got it and
     * nobody may have got it, its items are new again.
     */
    void finish(IssueId id, Instant at);

    /**
     * Ends an issue before all is sent: what is READY or DEFERRED becomes CANCELLED. If nobody got it and nobody may
     * have got it, its items are new again, as if it had never been. Nothing changes if it is finished.
     */
    void cancel(IssueId id, Instant at);

    /**
     * What to freeze. Every recipient gets the only variant, until editions differ.
     *
     * @param draft what it is made of, for those who want to make it again
     * @param unread sources that could not be read for it, and why
     */
    record Frozen(
            Issue issue,
            Draft draft,
            String subject,
            Variant variant,
            Segment audience,
            DomainGroups groups,
            boolean approvalNeeded,
            Imprint imprint,
            List<Problem> unread) {}
}
