package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscribers;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "suppress",
        mixinStandardHelpOptions = true,
        description = "Refuses all mail to addresses from now on, also in issues that are being sent.",
        footer = {"", "Example:", "  courant subscribers suppress someone@example.org --reason complaint"})
final class SubscribersSuppressCommand extends Operation {
    @Parameters(arity = "1..*", paramLabel = "ADDRESS", description = "Addresses, whether subscribed or not.")
    private List<String> addresses = List.of();

    @Option(names = "--reason", description = "Kept with the address (default: ${DEFAULT-VALUE}).")
    private String reason = "asked for by an editor";

    SubscribersSuppressCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        List<EmailAddress> checked = addresses.stream().map(EmailAddress::new).toList();
        try (Program.Session session = open()) {
            Subscribers subscribers = session.get(Subscribers.class);
            for (EmailAddress address : checked) {
                subscribers.suppress(address, reason, program().clock().instant());
                Operator.note(session, "subscribers suppress", Operator.subscriber(session, address), "");
                if (subscribers.find(address).isEmpty()) {
                    console.problem(address + ": suppressed, but not a subscriber; check the spelling");
                }
            }
            console.note(checked.size() + " suppressed");
            return ExitCode.DONE;
        }
    }
}
