package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Readers;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.job.JobFolder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /**
     * A subscriber, as {@code --json} shows it; scripts rely on these names.
     *
     * @param state active, signedUp or unsubscribed
     * @param suppressed the reason why nothing may be sent to them
     */
    record Shown(
            String address,
            String name,
            String state,
            List<String> tags,
            @Nullable String suppressed,
            List<Standing> newsletters) {}

    /**
     * What they are to a newsletter.
     *
     * @param standing joined, bySegment, stranger or left
     * @param frequency each, daily, weekly or monthly
     */
    record Standing(String newsletter, String standing, String frequency) {
        static Standing of(String newsletter, Readers.Reader reader) {
            return new Standing(
                    newsletter,
                    IssueView.name(reader.standing()),
                    IssueView.name(reader.preferences().frequency()));
        }
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
            Shown shown = shown(session, found.get());
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

    private static Shown shown(Program.Session session, Subscriber subscriber) {
        Readers readers = session.get(Readers.class);
        return new Shown(
                subscriber.address().value(),
                subscriber.name(),
                IssueView.name(subscriber.state()),
                subscriber.tags().stream().sorted().toList(),
                session.get(Subscribers.class).suppression(subscriber.address()).orElse(null),
                session.get(JobFolder.class).names().stream()
                        .flatMap(name ->
                                readers.find(name, subscriber.id()).map(reader -> Standing.of(name, reader)).stream())
                        .toList());
    }

    private static void print(Console console, Shown shown) {
        String name = shown.name().isEmpty() ? "" : " (" + shown.name() + ")";
        String tags = shown.tags().isEmpty() ? "" : "; tags " + String.join(", ", shown.tags());
        console.result(shown.address() + name + ": " + words(shown.state()) + tags
                + (shown.suppressed() == null ? "" : "; suppressed (" + shown.suppressed() + "), so nothing is sent"));
        shown.newsletters()
                .forEach(one -> console.result(
                        "  %-24s %-12s %s".formatted(one.newsletter(), words(one.standing()), one.frequency())));
    }

    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
