package io.courant.delivery;

import io.courant.issue.Draft;
import io.courant.issue.Editions;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import io.courant.post.Problem;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps the issues that were frozen. */
public interface FrozenIssues {
    /**
     * Freezes an issue in one transaction: its items (each at most once per newsletter, or the whole is refused),
     * variants, and one delivery for every reader who gets a copy. Suppressed ones are recorded as such. Posts that were
     * merged are no news any more either. The messages were {@linkplain #keep kept} before; those that no issue uses are
     * forgotten. Unless it answers {@link Freezing#FROZEN} no issue has changed.
     */
    Freezing freeze(Frozen frozen);

    /** What came of the wish to freeze an issue. */
    enum Freezing {
        FROZEN,
        /** A reader wants by now an edition that is not among those printed. */
        UNPRINTED,
        /** Nobody would get it: all pause, wait for a later mail, or want nothing that is in it. */
        FOR_NOBODY
    }

    /** Keeps messages of variants that an issue will have; they are many, and none of the issue's business yet. */
    void keep(List<MessageTemplate> messages);

    /**
     * Asks the editions for every reader, first for those who want nothing special and have none of the items: so that
     * all editions are known that will be needed, unless somebody changes their mind.
     */
    void survey(Newsletter newsletter, Editions editions);

    /** Issues of a newsletter that hold anything new and may be sent, are being sent, or were; newest first. */
    List<Issue> issuedSince(String newsletter, Instant since);

    /** What stands in an issue, without its messages, of which there may be thousands. */
    Optional<Issue> issue(IssueId id);

    Optional<FrozenIssue> find(IssueId id);

    /** What an issue was made of, its candidates without their texts; empty if it was frozen before that was kept. */
    Optional<Draft> draft(IssueId id);

    /** The same in brief, and much sooner: neither items nor messages are read. */
    Optional<Headline> headline(IssueId id);

    /** How many deliveries the issue has of each of its variants, by their names. */
    Map<String, Long> readers(IssueId id);

    /** Whether the issue may be sent, for those who ask often. */
    Optional<FrozenIssue.State> state(IssueId id);

    /** The newest issue of a newsletter. */
    Optional<Headline> latest(String newsletter);

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
     * What to freeze.
     *
     * @param issue what is new, held to its size; when nothing is, the first of the editions
     * @param draft what it is made of, for those who want to make it again; null when nothing in it is new
     * @param prints the editions in the order of their numbers
     * @param unread sources that could not be read for it, and why
     * @param release what it takes to let it go out; {@link Approvals} keeps whether that was given
     */
    record Frozen(
            Issue issue,
            @Nullable Draft draft,
            String subject,
            Editions editions,
            List<Print> prints,
            Newsletter newsletter,
            DomainGroups groups,
            Imprint imprint,
            List<Problem> unread,
            Map<Integer, URI> links,
            Release release) {
        public Frozen {
            prints = List.copyOf(prints);
            unread = List.copyOf(unread);
            links = Map.copyOf(links);
        }

        /** What one person approves, if the newsletter wants that. */
        public Frozen(
                Issue issue,
                @Nullable Draft draft,
                String subject,
                Editions editions,
                List<Print> prints,
                Newsletter newsletter,
                DomainGroups groups,
                Imprint imprint,
                List<Problem> unread,
                Map<Integer, URI> links) {
            this(
                    issue,
                    draft,
                    subject,
                    editions,
                    prints,
                    newsletter,
                    groups,
                    imprint,
                    unread,
                    links,
                    newsletter.approval() ? Release.BY_ONE : Release.FREE);
        }

        /** Sections of new items that not all see who get each issue: an edition leaves them out for its size. */
        public Set<Long> leftOut() {
            return prints.stream()
                    .filter(print -> print.edition().since() == null)
                    .flatMap(print -> print.edition().sections().stream()
                            .filter(section -> !print.shows().contains(section)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
