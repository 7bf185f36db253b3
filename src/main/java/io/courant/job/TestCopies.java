package io.courant.job;

import io.courant.audience.EmailAddress;
import io.courant.delivery.MessageTemplate;
import io.courant.delivery.Personal;
import io.courant.delivery.Personalizer;
import io.courant.delivery.TestSend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends an issue's messages to editors, signed as they will be, and marked as tests. No ledger hears of it.
 *
 * @param issued the date
 */
public record TestCopies(JobFile job, Personalizer personalizer, Instant issued) {

    /**
     * A copy, and what came of it.
     *
     * @param messageId without angle brackets
     */
    public record Sent(EmailAddress editor, String messageId, TestSend.Answer answer) {}

    /**
     * Sends each of the messages to each of the editors.
     *
     * @throws io.courant.delivery.RelayException when no relay can be used
     */
    public List<Sent> send(List<MessageTemplate> messages, Iterable<EmailAddress> editors, Instant now) {
        TestSend relays = new TestSend(job.transport());
        List<Sent> sent = new ArrayList<>();
        for (EmailAddress editor : editors) {
            for (MessageTemplate message : messages) {
                Personal personal = personalizer.test(job.newsletter().from().address(), editor, now);
                MessageTemplate test = message.asTest().signedWith(job.dkim(), issued);
                sent.add(new Sent(editor, personal.messageId(), relays.send(test, personal)));
            }
        }
        return sent;
    }
}
