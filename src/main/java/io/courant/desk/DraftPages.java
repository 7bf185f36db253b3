package io.courant.desk;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Outcome;
import io.courant.delivery.Personalizer;
import io.courant.delivery.Press.Proof;
import io.courant.delivery.RelayException;
import io.courant.delivery.TokenSigner;
import io.courant.issue.Edits;
import io.courant.issue.IssueId;
import io.courant.job.Drafts;
import io.courant.job.JobFile;
import io.courant.job.Preview;
import io.courant.job.TestCopies;
import io.courant.upkeep.Instance;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A newsletter: the draft of its next issue, as of now, with all that can be done about it. */
@RestController
final class DraftPages {
    private final Sheets sheets;
    private final Gate gate;
    private final Newsletters newsletters;
    private final Proofs proofs;
    private final Drafts drafts;
    private final Edits edits;
    private final Errands errands;
    private final ErrandPages errandPages;
    private final TokenSigner signer;
    private final Instance instance;
    private final InstantSource clock;

    DraftPages(
            Sheets sheets,
            Gate gate,
            Newsletters newsletters,
            Proofs proofs,
            Drafts drafts,
            Edits edits,
            Errands errands,
            ErrandPages errandPages,
            TokenSigner signer,
            Instance instance,
            InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.newsletters = newsletters;
        this.proofs = proofs;
        this.drafts = drafts;
        this.edits = edits;
        this.errands = errands;
        this.errandPages = errandPages;
        this.signer = signer;
        this.instance = instance;
        this.clock = clock;
    }

    @GetMapping("/n/{name}")
    ResponseEntity<String> draft(
            HttpServletRequest request,
            @PathVariable("name") String name,
            @RequestParam(name = "item", defaultValue = "") String item) {
        JobFile job = newsletters.job(name);
        Optional<IssueId> frozen = drafts.unsent(name);
        DraftSheet.Surroundings around = new DraftSheet.Surroundings(
                edits.undone(name),
                frozen.map(IssueId::value).orElse(""),
                errandPages.mayMake(request, job, frozen),
                ErrandPages.Told.of(errands.last(name), job.newsletter().zone()),
                item);
        return sheets.page(request, "draft", DraftSheet.of(job, proofs.fresh(job), around));
    }

    @PostMapping("/n/{name}/test")
    ResponseEntity<Void> test(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @RequestParam("address") String address) {
        JobFile job = newsletters.job(name);
        return sheets.after(request, response, "/n/" + name, () -> {
            instance.requireConfirmed();
            EmailAddress editor = new EmailAddress(address.strip());
            if (!(proofs.fresh(job) instanceof Preview.Ready ready)) {
                throw new IllegalStateException("There is nothing to send: no issue could be made now.");
            }
            TestCopies.Sent sent = send(job, ready.proof(), editor);
            gate.note(request, "preview --test", name, sent.messageId());
            Outcome outcome = sent.answer().outcome();
            String told = "Relay " + sent.answer().relay() + " said: " + outcome.said();
            if (outcome instanceof Outcome.Accepted) {
                return "On its way to " + editor + ", marked as a test. " + told;
            }
            throw new IllegalStateException("The test to " + editor + " did not go out. " + told);
        });
    }

    private TestCopies.Sent send(JobFile job, Proof.Printed proof, EmailAddress editor) {
        Personalizer personalizer =
                new Personalizer(job.newsletter(), proof.issue().id(), signer);
        try {
            return new TestCopies(job, personalizer, proof.issue().date())
                    .send(List.of(proof.message()), List.of(editor), clock.instant())
                    .get(0);
        } catch (RelayException e) {
            throw new IllegalStateException("The test did not go out: " + e.getMessage(), e);
        }
    }
}
