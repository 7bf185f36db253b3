package io.courant.cli;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Lets an issue be sent whose newsletter asks for approval.",
        footer = {"", "Example:", "  courant approve deep-learning-2026-11-23"})
final class ApproveCommand extends Operation {
    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    ApproveCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            Headline found = Issues.headline(session, issue);
            IssueId id = found.id();
            if (found.state() == FrozenIssue.State.AWAITING_APPROVAL) {
                session.get(FrozenIssues.class)
                        .approve(id, session.get(InstantSource.class).instant());
                Operator.note(session, "approve", id.value(), "");
                console.note("approved " + id + "; 'courant send " + id + "' sends it");
            } else {
                console.note(id + " needs no approval: it is " + IssueView.words(found.state()));
            }
            if (options().json()) {
                console.json(IssueView.of(Issues.report(session, id)));
            }
            return ExitCode.DONE;
        }
    }
}
