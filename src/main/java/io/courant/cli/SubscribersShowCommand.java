package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Form;
import io.courant.audience.Preferences;
import io.courant.audience.Profile;
import io.courant.audience.Readers;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.job.JobFolder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
     * A subscriber, as {@code --json} shows it; scripts rely on these names. Language, zone and form are the same for all
     * newsletters.
     *
     * @param state active, signedUp or unsubscribed; signedUp, too, of who left all and came back to a newsletter
     * @param language {@code null}: each newsletter's
     * @param zone {@code null}: each newsletter's
     * @param form html or text
     * @param suppressed the reason why nothing may be sent to them
     */
    record Shown(
            String address,
            String name,
            String state,
            List<String> tags,
            @Nullable String language,
            @Nullable String zone,
            String form,
            @Nullable String suppressed,
            List<Standing> newsletters) {}

    /**
     * What they are to a newsletter, and how they want it.
     *
     * @param standing joined, bySegment, stranger or left
     * @param joined when they asked for it, or for mail at all
     * @param left when they left it; {@code null}: they did not leave it by itself
     * @param topics ids; empty: all
     * @param frequency each, daily, weekly or monthly
     * @param hour of the day before which no mail comes
     * @param pausedUntil {@code null}: not paused
     */
    record Standing(
            String newsletter,
            String standing,
            Instant joined,
            @Nullable Instant left,
            List<String> topics,
            String frequency,
            @Nullable Integer hour,
            @Nullable Instant pausedUntil) {
        static Standing of(String newsletter, Readers.Reader reader, Instant now) {
            Preferences wanted = reader.preferences();
            Instant paused = wanted.pausedUntil();
            return new Standing(
                    newsletter,
                    IssueView.name(reader.standing()),
                    reader.joined(),
                    reader.left(),
                    wanted.topics().stream().sorted().toList(),
                    IssueView.name(wanted.frequency()),
                    wanted.hour(),
                    paused == null || paused.isAfter(now) ? paused : null);
        }

        boolean isLeft() {
            return standing.equals(IssueView.name(Readers.Standing.LEFT));
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

    private Shown shown(Program.Session session, Subscriber subscriber) {
        Instant now = program().clock().instant();
        Profile profile = Profile.of(
                subscriber,
                session.get(JobFolder.class).names(),
                session.get(Readers.class),
                session.get(Subscribers.class));
        return new Shown(
                subscriber.address().value(),
                subscriber.name(),
                IssueView.name(profile.state()),
                subscriber.tags().stream().sorted().toList(),
                subscriber.language() == null ? null : subscriber.language().toLanguageTag(),
                subscriber.zone() == null ? null : subscriber.zone().getId(),
                IssueView.name(subscriber.form()),
                profile.suppression(),
                profile.newsletters().entrySet().stream()
                        .map(one -> Standing.of(one.getKey(), one.getValue(), now))
                        .toList());
    }

    private static void print(Console console, Shown shown) {
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

    private static String form(Shown shown) {
        return shown.form().equals(IssueView.name(Form.TEXT)) ? "as text" : "as HTML";
    }

    /** How they want it; of what they left, only since when they do not. */
    private static String wanted(Standing one) {
        if (one.isLeft()) {
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
