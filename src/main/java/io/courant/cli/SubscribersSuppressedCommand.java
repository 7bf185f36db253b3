package io.courant.cli;

import io.courant.audience.Subscribers;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;

@Command(
        name = "suppressed",
        mixinStandardHelpOptions = true,
        description = "Lists the addresses that get no mail: address, since when, and why.",
        footer = {"", "Example:", "  courant subscribers suppressed --json"})
final class SubscribersSuppressedCommand extends Operation {
    SubscribersSuppressedCommand(Program program) {
        super(program);
    }

    /** A suppression, as {@code --json} shows it; scripts rely on these names. */
    record Shown(String address, String reason, String since) {
        static Shown of(Subscribers.Suppression suppression) {
            return new Shown(
                    suppression.address(),
                    suppression.reason(),
                    suppression.since().truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            Subscribers subscribers = session.get(Subscribers.class);
            if (options().json()) {
                console.jsonArray(add -> subscribers.forEachSuppression(one -> add.accept(Shown.of(one))));
            } else {
                subscribers.forEachSuppression(one -> console.out()
                        .append("%-40s %s  %s%n"
                                .formatted(one.address(), Shown.of(one).since(), one.reason())));
                console.out().flush();
            }
            return ExitCode.DONE;
        }
    }
}
