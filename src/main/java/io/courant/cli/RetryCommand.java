package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Failures;
import io.courant.issue.IssueId;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = {
            "Lets an issue's mail be sent again where relays refused it or it was given up.",
            "Whoever left or is suppressed gets nothing. A finished issue can be sent again after that."
        },
        footer = {
            "",
            "Examples:",
            "  courant retry deep-learning-2026-11-23",
            "  courant retry deep-learning --state expired",
            "  courant retry deep-learning --address ada@example.org"
        })
final class RetryCommand extends Operation {
    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    @Option(
            names = "--state",
            paramLabel = "STATE",
            converter = StateName.OfDelivery.class,
            description = "Only what is rejected, or has expired (default: both). May be repeated.")
    private Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            converter = AddressText.class,
            description = "Only to this recipient. May be repeated.")
    private Set<EmailAddress> only = new LinkedHashSet<>();

    RetryCommand(Program program) {
        super(program);
    }

    /** What came of it, as {@code --json} shows it; scripts rely on these names. */
    record Retried(String issue, int ready) {}

    @Override
    public Integer call() {
        Console console = console();
        if (!states.stream().allMatch(DeliveryState::isFailed)) {
            throw new ParameterException(spec().commandLine(), "--state is rejected or expired");
        }
        try (Program.Session session = open("preparing to send " + issue + " again", false)) {
            IssueId id = Issues.headline(session, issue).id();
            Set<DeliveryState> wanted =
                    states.isEmpty() ? EnumSet.of(DeliveryState.REJECTED, DeliveryState.EXPIRED) : states;
            int ready = session.get(Failures.class)
                    .retry(
                            id,
                            new Failures.Wish(wanted, only),
                            program().clock().instant());
            if (ready > 0) {
                Operator.note(session, "retry", id.value(), Console.count(ready, "mail"));
            }
            if (options().json()) {
                console.json(new Retried(id.value(), ready));
            } else {
                console.result(id + ": " + ready + " ready again");
            }
            console.note(
                    ready > 0
                            ? "'courant send " + id + "' sends them"
                            : "nothing was refused or given up that may be sent again; 'courant who " + id
                                    + "' tells of each");
            return ExitCode.DONE;
        }
    }
}
