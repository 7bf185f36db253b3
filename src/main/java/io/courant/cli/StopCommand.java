package io.courant.cli;

import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.report.IssueReport;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = {
            "Holds an issue: within two seconds nothing more of it is sent, until it is resumed.",
            "A process that is sending it finishes what is in flight and ends."
        },
        footer = {"", "Example:", "  courant stop deep-learning-2026-11-23"})
final class StopCommand extends IssueControl {
    StopCommand(Program program) {
        super(program);
    }

    @Override
    void change(FrozenIssues issues, IssueId id) {
        issues.stop(id);
    }

    @Override
    void tell(Console console, Headline before, IssueReport after, Optional<String> sender) {
        tellInFlight(console, after, sender);
        IssueId id = after.issue().id();
        switch (after.issue().state()) {
            case STOPPED -> sender.ifPresent(process -> console.note(process + " was sending it, and ends"));
            case AWAITING_APPROVAL -> console.note(id + " awaits approval; until then nothing of it is sent");
            case APPROVED, PAUSED, FINISHED, CANCELLED -> console.note("nothing of " + id + " is left to stop");
        }
    }
}
