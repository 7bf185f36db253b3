package io.courant.desk;

import io.courant.audience.EmailAddress;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.Outcome;
import io.courant.delivery.Variant;
import io.courant.job.JobFile;
import io.courant.job.Preview;
import io.courant.job.TestCopies;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.stereotype.Component;

/** Sends an editor a copy of an issue or a draft, marked as a test: for pages and programs alike. */
@Component
final class Copies {
    private final Newsletters newsletters;
    private final Proofs proofs;
    private final TestCopies copies;

    Copies(Newsletters newsletters, Proofs proofs, TestCopies copies) {
        this.newsletters = newsletters;
        this.proofs = proofs;
        this.copies = copies;
    }

    /** @param edition empty: the first */
    TestCopies.Sent ofIssue(FrozenIssue issue, String edition, EmailAddress editor) {
        Variant variant = variant(issue, edition);
        JobFile job = newsletters.job(issue.issue().newsletter());
        return copies.send(job, issue, List.of(variant), List.of(editor)).get(0);
    }

    /** @param name empty: the first */
    static Variant variant(FrozenIssue issue, String name) {
        return issue.variants().stream()
                .filter(variant -> name.isEmpty() || variant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no edition '" + name + "'"));
    }

    TestCopies.Sent ofDraft(JobFile job, EmailAddress editor) {
        if (proofs.fresh(job) instanceof Preview.Ready ready) {
            return copies.send(job, ready.proof(), List.of(editor)).get(0);
        }
        throw new Problems.Conflict("There is nothing to send: no issue could be made now.");
    }

    /**
     * That a copy is on its way.
     *
     * @throws IllegalStateException if it is not
     */
    static String told(TestCopies.Sent sent) {
        Outcome outcome = sent.answer().outcome();
        String said = "Relay " + sent.answer().relay() + " said: " + outcome.said();
        if (outcome instanceof Outcome.Accepted) {
            return "A copy, marked as a test, is on its way to " + sent.editor() + ". " + said;
        }
        throw new IllegalStateException("The test to " + sent.editor() + " did not go out. " + said);
    }
}
