package io.courant.desk;

import io.courant.audience.EmailAddress;
import io.courant.issue.Edits;
import io.courant.issue.IssueId;
import io.courant.job.Drafts;
import io.courant.job.JobFile;
import io.courant.job.TestCopies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
    private final Making making;
    private final Copies copies;

    DraftPages(
            Sheets sheets,
            Gate gate,
            Newsletters newsletters,
            Proofs proofs,
            Drafts drafts,
            Edits edits,
            Errands errands,
            Making making,
            Copies copies) {
        this.sheets = sheets;
        this.gate = gate;
        this.newsletters = newsletters;
        this.proofs = proofs;
        this.drafts = drafts;
        this.edits = edits;
        this.errands = errands;
        this.making = making;
        this.copies = copies;
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
                making.mayMake(job, frozen, gate.required(request)::may),
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
            TestCopies.Sent sent = copies.ofDraft(job, new EmailAddress(address.strip()));
            gate.note(request, "preview --test", name, sent.messageId());
            return Copies.told(sent);
        });
    }
}
