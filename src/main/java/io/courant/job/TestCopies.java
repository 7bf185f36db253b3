package io.courant.job;

import io.courant.audience.EmailAddress;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.MessageTemplate;
import io.courant.delivery.Personal;
import io.courant.delivery.Personalizer;
import io.courant.delivery.Press.Proof;
import io.courant.delivery.TestSend;
import io.courant.delivery.TokenSigner;
import io.courant.delivery.Variant;
import io.courant.upkeep.Instance;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Sends an issue's messages to editors, signed as they will be, and marked as tests. No ledger hears of it. */
public final class TestCopies {
    private final Instance instance;
    private final TokenSigner signer;
    private final InstantSource clock;

    public TestCopies(Instance instance, TokenSigner signer, InstantSource clock) {
        this.instance = instance;
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * A copy, and what came of it.
     *
     * @param messageId without angle brackets
     */
    public record Sent(EmailAddress editor, String messageId, TestSend.Answer answer) {}

    /**
     * Sends variants of a frozen issue to each of the editors.
     *
     * @throws io.courant.upkeep.UnconfirmedInstance when this may be a copy, which must not send
     * @throws io.courant.delivery.RelayException when no relay can be used
     */
    public List<Sent> send(JobFile job, FrozenIssue issue, List<Variant> variants, Collection<EmailAddress> editors) {
        return send(
                job,
                new Personalizer(issue.imprint(), issue.issue().id(), signer),
                variants.stream().map(Variant::message),
                issue.issue().date(),
                editors);
    }

    /** The same for an issue that is not frozen yet. */
    public List<Sent> send(JobFile job, Proof.Printed proof, Collection<EmailAddress> editors) {
        return send(
                job,
                new Personalizer(job.newsletter(), proof.issue().id(), signer),
                Stream.of(proof.message()),
                proof.issue().date(),
                editors);
    }

    private List<Sent> send(
            JobFile job,
            Personalizer personalizer,
            Stream<MessageTemplate> messages,
            Instant issued,
            Collection<EmailAddress> editors) {
        instance.requireConfirmed();
        TestSend relays = new TestSend(job.transport());
        List<Sent> sent = new ArrayList<>();
        messages.map(message -> message.asTest().signedWith(job.dkim(), issued)).forEach(test -> {
            for (EmailAddress editor : editors) {
                Personal personal = personalizer.test(job.newsletter().from().address(), editor, clock.instant());
                sent.add(new Sent(editor, personal.messageId(), relays.send(test, personal)));
            }
        });
        return sent;
    }
}
