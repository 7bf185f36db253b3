package io.courant.cli;

import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.report.IssueReport;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = {
            "Holds an issue for a while: within two seconds nothing more of it is sent.",
            "A process that is sending it finishes what is in flight and waits, for 15 minutes at most."
        },
        footer = {"", "Example:", "  courant pause deep-learning-2026-11-23"})
final class PauseCommand extends IssueControl {
    PauseCommand(Program program) {
        super(program);
    }

    @Override
    void change(FrozenIssues issues, IssueId id) {
        issues.pause(id);
    }

    @Override
    void tell(Console console, Headline before, IssueReport after, Optional<String> sender) {
        tellInFlight(console, after, sender);
        IssueId id = after.issue().id();
        switch (after.issue().state()) {
            case PAUSED -> sender.ifPresent(process -> console.note(process + " was sending it, and waits"));
            case STOPPED -> console.note(id + " was stopped before, which is more than paused");
            case AWAITING_APPROVAL -> console.note(id + " awaits approval; until then nothing of it is sent");
            case APPROVED, FINISHED, CANCELLED -> console.note("nothing of " + id + " is left to pause");
        }
    }
}
