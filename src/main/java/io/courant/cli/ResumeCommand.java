package io.courant.cli;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.report.IssueReport;
import io.courant.report.IssueView;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {"Lets an issue go on that was paused or stopped."},
        footer = {"", "Example:", "  courant resume deep-learning-2026-11-23"})
final class ResumeCommand extends IssueControl {
    ResumeCommand(Program program) {
        super(program);
    }

    @Override
    void change(FrozenIssues issues, IssueId id) {
        issues.resume(id);
    }

    @Override
    void tell(Console console, Headline before, IssueReport after, Optional<String> sender) {
        IssueId id = after.issue().id();
        if (!before.state().isHeld()) {
            console.note(id + " was not held: it is " + IssueView.words(before.state()));
        } else if (after.issue().state() == FrozenIssue.State.APPROVED) {
            console.note(sender.map(process -> process + " goes on with it")
                    .orElse("nobody is sending it now; 'courant send " + id + "' does"));
        }
    }
}
