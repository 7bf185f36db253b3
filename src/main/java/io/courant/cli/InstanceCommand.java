package io.courant.cli;

import io.courant.delivery.FrozenIssues;
import io.courant.report.Account;
import io.courant.report.IssueReport;
import io.courant.report.IssueView;
import io.courant.upkeep.Doubt;
import io.courant.upkeep.Instance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "instance",
        mixinStandardHelpOptions = true,
        description = {
            "Says whether mail may go out from this home folder, and what would.",
            "A copy of the database or of the folder, and a database that is older than the last mail, send nothing"
                    + " before 'courant instance confirm'."
        },
        subcommands = InstanceConfirmCommand.class,
        footer = {"", "Examples:", "  courant instance", "  courant instance --json"})
final class InstanceCommand extends Operation {
    InstanceCommand(Program program) {
        super(program);
    }

    /**
     * How a home folder stands, as {@code --json} shows it; scripts rely on these names.
     *
     * @param doubt copied, strange, older, moved, cloned or rewound, or {@code null} where mail may go out
     */
    record Standing(
            String home, boolean mayBeSent, @Nullable String doubt, List<Open> unfinished) {}

    /** An issue that would be sent. */
    record Open(String issue, String state, Map<String, Long> deliveries) {
        static Open of(IssueReport report) {
            return new Open(
                    report.issue().id().value(),
                    IssueView.name(report.issue().state()),
                    IssueView.deliveries(report.deliveries()));
        }
    }

    @Override
    public Integer call() {
        Settings settings = options().settings();
        try (Program.Session session = program().open(settings)) {
            @Nullable Doubt doubt = session.get(Instance.class).doubt().orElse(null);
            List<IssueReport> unfinished = unfinished(session);
            Console console = console();
            if (options().json()) {
                console.json(new Standing(
                        settings.home().toString(),
                        doubt == null,
                        doubt == null ? null : doubt.kind().name().toLowerCase(Locale.ROOT),
                        unfinished.stream().map(Open::of).toList()));
            } else {
                console.result(doubt == null ? settings.home() + ": mail may go out from here" : doubt.words());
                tell(console, unfinished);
            }
            return ExitCode.DONE;
        }
    }

    static List<IssueReport> unfinished(Program.Session session) {
        FrozenIssues issues = session.get(FrozenIssues.class);
        return issues.newsletters().stream()
                .flatMap(newsletter -> issues.unfinished(newsletter).stream())
                .map(issue -> Issues.report(session, issue))
                .toList();
    }

    /** What is about to go out, and how to prevent it. */
    static void tell(Console console, List<IssueReport> unfinished) {
        for (IssueReport report : unfinished) {
            Account deliveries = report.deliveries();
            console.result(report.issue().id() + ": " + IssueView.words(deliveries));
        }
        if (!unfinished.isEmpty()) {
            console.note("'courant cancel ISSUE' ends one that has been sent from elsewhere");
        }
    }
}
