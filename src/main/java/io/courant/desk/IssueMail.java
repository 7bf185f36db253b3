package io.courant.desk;

import io.courant.audience.EmailAddress;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.MailParts;
import io.courant.delivery.MessageTemplate;
import io.courant.delivery.Outcome;
import io.courant.delivery.Personalizer;
import io.courant.delivery.TestSend;
import io.courant.delivery.TokenSigner;
import io.courant.delivery.Variant;
import io.courant.issue.IssueId;
import io.courant.job.JobFile;
import io.courant.job.JobFolder;
import io.courant.upkeep.Instance;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
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
    private final JobFolder jobs;
    private final TokenSigner signer;
    private final Instance instance;
    private final InstantSource clock;

    IssueMail(
            Sheets sheets,
            Gate gate,
            FrozenIssues issues,
            JobFolder jobs,
            TokenSigner signer,
            Instance instance,
            InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.issues = issues;
        this.jobs = jobs;
        this.signer = signer;
        this.instance = instance;
        this.clock = clock;
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
        return variant(issue, edition)
                .message()
                .fill(personalizer(issue).sample(issue.issue().date()))
                .bytes();
    }

    private FrozenIssue find(String id) {
        return issues.find(new IssueId(id)).orElseThrow(() -> new NoSuchElementException("no issue " + id));
    }

    /** @param name empty: the first */
    private static Variant variant(FrozenIssue issue, String name) {
        return issue.variants().stream()
                .filter(variant -> name.isEmpty() || variant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no edition '" + name + "'"));
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
        Variant variant = variant(issue, edition);
        return sheets.after(request, response, "/i/" + id, () -> {
            instance.requireConfirmed();
            EmailAddress editor = new EmailAddress(address.strip());
            TestSend.Answer answer = sent(issue, variant, editor);
            gate.note(request, "send --test", id, "");
            if (answer.outcome() instanceof Outcome.Accepted) {
                return "A copy, marked as a test, is on its way to " + editor + ".";
            }
            throw new IllegalStateException("Relay " + answer.relay() + " did not take the test mail to " + editor
                    + ": " + answer.outcome().said());
        });
    }

    private TestSend.Answer sent(FrozenIssue issue, Variant variant, EmailAddress editor) {
        JobFile job = jobs.load(issue.issue().newsletter());
        MessageTemplate copy =
                variant.message().asTest().signedWith(job.dkim(), issue.issue().date());
        return new TestSend(job.transport())
                .send(copy, personalizer(issue).test(job.newsletter().from().address(), editor, clock.instant()));
    }
}
