package io.courant.desk;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.editor.Permission;
import io.courant.issue.IssueId;
import io.courant.job.Canceller;
import io.courant.job.Drafts;
import io.courant.job.JobFile;
import io.courant.job.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Has a newsletter's sources read and its issue made, in the background: for pages and programs alike. */
@Component
final class Making {
    private final Errands errands;
    private final Drafts drafts;
    private final FrozenIssues issues;
    private final Canceller canceller;

    Making(Errands errands, Drafts drafts, FrozenIssues issues, Canceller canceller) {
        this.errands = errands;
        this.drafts = drafts;
        this.issues = issues;
        this.canceller = canceller;
    }

    Errands.Errand collect(String newsletter, String who) {
        return errands.begin(newsletter, "reading the sources", who, runs -> words(runs.collect(newsletter)));
    }

    private static Errands.Outcome words(Runs.Collected collected) {
        List<String> lines = new ArrayList<>();
        lines.add("New posts: " + collected.kept() + "; known before: " + collected.known() + ".");
        lines.addAll(collected.problems());
        lines.addAll(collected.notes());
        return new Errands.Outcome(String.join("\n", lines), null);
    }

    /**
     * Has the next issue made.
     *
     * @param instead of this one, of which nothing is sent; empty: there is none
     * @param may what whoever wants it may do
     * @throws AccessDeniedException if they may not, by {@link #mayMake}
     */
    Errands.Errand make(JobFile job, String who, String instead, Predicate<Permission> may) {
        Optional<IssueId> frozen = drafts.unsent(job.name());
        if (!mayMake(job, frozen, may)) {
            throw new AccessDeniedException("the issue would go out without anybody's approval");
        }
        String found = frozen.map(IssueId::value).orElse("");
        if (!found.equals(instead)) {
            throw new Problems.Conflict(
                    found.isEmpty()
                            ? instead + " cannot be made anew any more: it is sent, or cancelled."
                            : found + " is made already; look at it, or make it anew.");
        }
        return errands.begin(job.name(), "making the issue", who, runs -> made(runs, job.name(), frozen));
    }

    /** What nobody has to approve goes out by itself, so to make it is to send it; and so is to undo an approval. */
    boolean mayMake(JobFile job, Optional<IssueId> frozen, Predicate<Permission> may) {
        boolean waits = job.release().approvers() > 0
                && frozen.flatMap(issues::state)
                        .map(state -> state == FrozenIssue.State.AWAITING_APPROVAL)
                        .orElse(true);
        return may.test(waits ? Permission.EDIT_DRAFTS : Permission.SEND);
    }

    private Errands.Outcome made(Runs runs, String newsletter, Optional<IssueId> frozen) {
        if (!drafts.unsent(newsletter).equals(frozen)) {
            throw new IllegalStateException("Nothing was done: somebody else was first.");
        }
        String archive = frozen.flatMap(issue -> canceller.end(issue).archive())
                .map(trouble -> "\n" + trouble)
                .orElse("");
        Runs.Composed composed = runs.compose(newsletter);
        String told = composed.issue()
                .map(issue -> issue + " is made"
                        + issues.state(issue)
                                .map(state -> ": " + Shown.of(state).words() + ".")
                                .orElse("."))
                .orElseGet(() -> "There is no issue: " + composed.skipped() + ".");
        return new Errands.Outcome(told + archive, composed.issue().orElse(null));
    }
}
