package io.courant.job;

import io.courant.delivery.Outcome;
import io.courant.report.IssueView;

/**
 * What came of a test copy, as {@code --json} shows it; scripts rely on these names.
 *
 * @param messageId without angle brackets
 * @param outcome as the states of deliveries are named, or notSent
 */
public record TestView(String address, String messageId, String relay, String outcome, String reply) {
    public static TestView of(TestCopies.Sent sent) {
        Outcome outcome = sent.answer().outcome();
        return new TestView(
                sent.editor().value(),
                sent.messageId(),
                sent.answer().relay(),
                outcome instanceof Outcome.NotSent ? "notSent" : IssueView.name(outcome.state()),
                outcome.said());
    }
}
