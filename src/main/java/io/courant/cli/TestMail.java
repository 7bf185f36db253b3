package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.delivery.MessageTemplate;
import io.courant.delivery.Outcome;
import io.courant.delivery.Personalizer;
import io.courant.job.JobFile;
import io.courant.job.TestCopies;
import io.courant.report.IssueView;
import java.time.Instant;
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
        return new TestCopies(job, personalizer, issued)
                .send(messages, editors, now).stream().map(TestMail::told).toList();
    }

    private static Told told(TestCopies.Sent sent) {
        Outcome outcome = sent.answer().outcome();
        return new Told(
                sent.editor().value(),
                sent.messageId(),
                sent.answer().relay(),
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
