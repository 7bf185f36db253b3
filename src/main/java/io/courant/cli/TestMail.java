package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.delivery.MessageTemplate;
import io.courant.delivery.Outcome;
import io.courant.delivery.Personal;
import io.courant.delivery.Personalizer;
import io.courant.delivery.TestSend;
import io.courant.job.JobFile;
import io.courant.report.IssueView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sends an issue's messages to editors, marked as tests, and tells what the relay said. */
record TestMail(JobFile job, Personalizer personalizer, Instant issued) {

    /**
     * What came of one, as {@code --json} shows it; scripts rely on these names.
     *
     * @param messageId without angle brackets
     * @param outcome as the states of deliveries are named, or notSent
     */
    record Told(String address, String messageId, String relay, String outcome, String reply) {}

    /** Sends each of the messages to each of the editors. */
    List<Told> send(List<MessageTemplate> messages, Iterable<EmailAddress> editors, Instant now) {
        TestSend relays = new TestSend(job.transport());
        List<Told> told = new ArrayList<>();
        for (EmailAddress editor : editors) {
            for (MessageTemplate message : messages) {
                Personal personal = personalizer.test(job.newsletter().from().address(), editor, now);
                MessageTemplate test = message.asTest().signedWith(job.dkim(), issued);
                told.add(told(personal, relays.send(test, personal)));
            }
        }
        return told;
    }

    private static Told told(Personal personal, TestSend.Answer answer) {
        Outcome outcome = answer.outcome();
        return new Told(
                personal.envelope().recipient().value(),
                personal.messageId(),
                answer.relay(),
                outcome instanceof Outcome.NotSent ? "notSent" : IssueView.name(outcome.state()),
                outcome.said());
    }

    static void print(Console console, List<Told> told) {
        told.forEach(one -> console.result(
                "test to " + one.address() + ": " + one.outcome() + " by relay " + one.relay() + ": " + one.reply()));
    }

    /** What a shell is told: a refusal will stay one, anything else may pass. */
    static int exitCode(List<Told> told) {
        if (told.stream().allMatch(one -> one.outcome().equals("accepted"))) {
            return ExitCode.DONE;
        }
        return told.stream().anyMatch(one -> one.outcome().equals("rejected")) ? ExitCode.FAILED : ExitCode.TRY_AGAIN;
    }
}
