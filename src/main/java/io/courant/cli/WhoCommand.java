package io.courant.cli;

import io.courant.audience.Subscribers;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.Ledger;
import io.courant.delivery.Ledger.Entry;
import io.courant.issue.IssueId;
import io.courant.report.Account;
import io.courant.report.DeliveryView;
import io.courant.report.Reasons;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "who",
        mixinStandardHelpOptions = true,
        description = {
            "Lists an issue's deliveries: address, state, attempts and why it stands there.",
            "With --state in-doubt also those that were in doubt and have come out of it."
        },
        footer = {
            "",
            "Examples:",
            "  courant who deep-learning-2026-11-23 --state rejected",
            "  courant who deep-learning --state in-doubt --json"
        })
final class WhoCommand extends Operation {
    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    @Option(
            names = "--state",
            paramLabel = "STATE",
            converter = StateName.OfDelivery.class,
            description = "Only those that are accepted, rejected, in-doubt, deferred, ready, sending, expired,"
                    + " cancelled or suppressed.")
    private @Nullable DeliveryState state;

    WhoCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            FrozenIssue found = Issues.find(session, issue);
            IssueId id = found.issue().id();
            Ledger ledger = session.get(Ledger.class);
            Reasons reasons = new Reasons(
                    session.get(Subscribers.class),
                    program().clock().instant(),
                    found.imprint().zone());
            if (options().json()) {
                console.jsonArray(add -> list(
                        ledger,
                        id,
                        entry -> add.accept(DeliveryView.of(
                                entry,
                                found.imprint().messageId(id, entry.subscriber()),
                                reasons.of(entry).orElse(null)))));
            } else {
                list(
                        ledger,
                        id,
                        entry -> console.out()
                                .append(words(entry, reasons.of(entry).orElse("")))
                                .append('\n'));
                console.out().flush();
            }
            return ExitCode.DONE;
        }
    }

    private void list(Ledger ledger, IssueId id, Consumer<Entry> reader) {
        if (state == null) {
            ledger.forEach(id, reader);
        } else if (state == DeliveryState.IN_DOUBT) {
            ledger.forEachInDoubt(id, reader);
        } else {
            ledger.forEach(id, state, reader);
        }
    }

    private static String words(Entry entry, String reason) {
        return "%-40s %-10s %2d  %s"
                .formatted(entry.shownAddress(), Account.words(entry.state()), entry.tries(), reason)
                .stripTrailing();
    }
}
