package io.courant.desk;

import io.courant.audience.EmailAddress;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.MailParts;
import io.courant.delivery.Personalizer;
import io.courant.delivery.TokenSigner;
import io.courant.issue.IssueId;
import io.courant.job.TestCopies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The mail of a frozen issue as a sample reader of one of its editions gets it, and a copy of it for an editor. */
@RestController
final class IssueMail {
    private final Sheets sheets;
    private final Gate gate;
    private final FrozenIssues issues;
    private final Copies copies;
    private final TokenSigner signer;

    IssueMail(Sheets sheets, Gate gate, FrozenIssues issues, Copies copies, TokenSigner signer) {
        this.sheets = sheets;
        this.gate = gate;
        this.issues = issues;
        this.copies = copies;
        this.signer = signer;
    }

    @GetMapping("/i/{id}/mail")
    ResponseEntity<byte[]> html(
            @PathVariable("id") String id, @RequestParam(name = "edition", defaultValue = "") String edition) {
        MailParts parts = MailParts.of(message(id, edition));
        return parts.html().isEmpty() ? MailFrames.text(parts.text()) : MailFrames.html(parts.html());
    }

    @GetMapping("/i/{id}/text")
    ResponseEntity<byte[]> text(
            @PathVariable("id") String id, @RequestParam(name = "edition", defaultValue = "") String edition) {
        return MailFrames.text(MailParts.of(message(id, edition)).text());
    }

    @GetMapping("/i/{id}/source")
    ResponseEntity<byte[]> source(
            @PathVariable("id") String id, @RequestParam(name = "edition", defaultValue = "") String edition) {
        return MailFrames.text(new String(message(id, edition), StandardCharsets.UTF_8));
    }

    private byte[] message(String id, String edition) {
        FrozenIssue issue = find(id);
        return Copies.variant(issue, edition)
                .message()
                .fill(personalizer(issue).sample(issue.issue().date()))
                .bytes();
    }

    private FrozenIssue find(String id) {
        return issues.find(new IssueId(id)).orElseThrow(() -> new NoSuchElementException("no issue " + id));
    }

    private Personalizer personalizer(FrozenIssue issue) {
        return new Personalizer(issue.imprint(), issue.issue().id(), signer);
    }

    @PostMapping("/i/{id}/test")
    ResponseEntity<Void> test(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("id") String id,
            @RequestParam("address") String address,
            @RequestParam(name = "edition", defaultValue = "") String edition) {
        FrozenIssue issue = find(id);
        return sheets.after(request, response, "/i/" + id, () -> {
            TestCopies.Sent sent = copies.ofIssue(issue, edition, new EmailAddress(address.strip()));
            gate.note(request, "send --test", id, sent.messageId());
            return Copies.told(sent);
        });
    }
}
