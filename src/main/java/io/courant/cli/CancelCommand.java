package io.courant.cli;

import io.courant.delivery.Approvals;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.job.Canceller;
import io.courant.job.HomeLock;
import io.courant.report.IssueReport;
import io.courant.report.IssueView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = {
            "Ends an issue for good: whoever has not got it will not get it.",
            "If nobody got it, its items are new again and stand in the next issue."
        },
        footer = {"", "Example:", "  courant cancel deep-learning-2026-11-23"})
final class CancelCommand extends Operation {
    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    CancelCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            Headline found = Issues.headline(session, issue);
            IssueId id = found.id();
            Canceller.Cancelled cancelled = cancelled(session, found);
            cancelled.archive().ifPresent(console::problem);
            if (!cancelled.before().isOver()) {
                Operator.note(session, "cancel", id.value(), "");
            }
            IssueReport after = Issues.report(session, id);
            if (options().json()) {
                console.json(IssueView.of(after, session.get(Approvals.class)));
            } else {
                StatusCommand.print(console, after);
            }
            if (cancelled.before().isOver()) {
                console.note(id + " was " + IssueView.words(cancelled.before()) + " before; nothing is left to cancel");
            } else {
                console.note(words(after));
            }
            return ExitCode.DONE;
        }
    }

    private static Canceller.Cancelled cancelled(Program.Session session, Headline found) {
        try {
            return session.get(Canceller.class).cancel(found.id());
        } catch (HomeLock.HeldException e) {
            if (Issues.headline(session, found.id().value()).state() != found.state()) {
                Operator.note(session, "stop", found.id().value(), ""); // that much was done
            }
            throw e;
        }
    }

    private static String words(IssueReport after) {
        long read = after.deliveries().of(DeliveryState.ACCEPTED)
                + after.deliveries().of(DeliveryState.IN_DOUBT);
        return read == 0
                ? "nobody got it: its items are new again"
                : Console.count(read, "subscriber") + " got it or may have got it, so its items stay old";
    }
}
