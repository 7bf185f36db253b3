package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Form;
import io.courant.audience.Readers;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.job.JobFolder;
import io.courant.report.IssueView;
import io.courant.report.SubscriberView;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how somebody stands: whether they want mail, whether they may get it, and what they are to each"
                    + " newsletter.",
            "'courant subscribers export-one' writes all that is kept of them."
        },
        footer = {"", "Example:", "  courant subscribers show someone@example.org"})
final class SubscribersShowCommand extends Operation {
    @Parameters(paramLabel = "ADDRESS", description = "Their address.")
    private String address = "";

    SubscribersShowCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        EmailAddress whose = new EmailAddress(address);
        try (Program.Session session = open()) {
            Optional<Subscriber> found = session.get(Subscribers.class).find(whose);
            if (found.isEmpty()) {
                console.problem(whose + ": " + nobody(session, whose));
                return ExitCode.FAILED;
            }
            SubscriberView shown = SubscriberView.of(
                    found.get(),
                    session.get(JobFolder.class).names(),
                    session.get(Readers.class),
                    session.get(Subscribers.class),
                    program().clock().instant());
            if (options().json()) {
                console.json(shown);
            } else {
                print(console, shown);
            }
            return ExitCode.DONE;
        }
    }

    private static String nobody(Program.Session session, EmailAddress whose) {
        if (session.get(Erasures.class).isErased(whose)) {
            return "was erased; no import brings it back";
        }
        return session.get(Subscribers.class)
                .suppression(whose)
                .map(reason -> "not a subscriber, and suppressed (" + reason + ")")
                .orElse("not a subscriber; check the spelling");
    }

    private static void print(Console console, SubscriberView shown) {
        String name = shown.name().isEmpty() ? "" : " (" + shown.name() + ")";
        String tags = shown.tags().isEmpty() ? "" : "; tags " + String.join(", ", shown.tags());
        console.result(shown.address() + name + ": " + words(shown.state()) + tags
                + (shown.suppressed() == null ? "" : "; suppressed (" + shown.suppressed() + "), so nothing is sent"));
        console.result("  mail " + form(shown) + (shown.language() == null ? "" : ", language " + shown.language())
                + (shown.zone() == null ? "" : ", zone " + shown.zone()));
        shown.newsletters()
                .forEach(one -> console.result("  %-24s %-12s %s"
                        .formatted(one.newsletter(), words(one.standing()), wanted(one))
                        .stripTrailing()));
    }

    private static String form(SubscriberView shown) {
        return shown.form().equals(IssueView.name(Form.TEXT)) ? "as text" : "as HTML";
    }

    /** How they want it; of what they left, only since when they do not. */
    private static String wanted(SubscriberView.Standing one) {
        if (one.hasLeft()) {
            return one.left() == null ? "" : "since " + one.left().truncatedTo(ChronoUnit.SECONDS);
        }
        List<String> wanted = new ArrayList<>();
        wanted.add(one.frequency().equals("each") ? "each issue" : one.frequency());
        wanted.add(one.topics().isEmpty() ? "all topics" : "topics " + String.join(", ", one.topics()));
        if (one.hour() != null) {
            wanted.add("not before %02d:00".formatted(one.hour()));
        }
        if (one.pausedUntil() != null) {
            wanted.add("paused until " + one.pausedUntil());
        }
        return String.join("; ", wanted);
    }

    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
