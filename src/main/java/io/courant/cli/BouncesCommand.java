package io.courant.cli;

import io.courant.bounce.Bounces;
import io.courant.bounce.Bounces.Choice;
import io.courant.bounce.Bounces.Kept;
import io.courant.bounce.Report;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "bounces",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what came back, what was understood of it, and what followed for whom.",
            "Only what bears our token (signed), or was said by the relay itself (smtp), has consequences."
        },
        subcommands = {BouncesReadCommand.class, BouncesClassifyCommand.class},
        footer = {
            "",
            "Examples:",
            "  courant bounces deep-learning --since 2026-11-01",
            "  courant bounces read deep-learning"
        })
final class BouncesCommand extends Operation {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Only those of this newsletter: its job file without .yaml.")
    private @Nullable String name;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.AtLeastOne.class,
            description = "How many of the newest to show (default: ${DEFAULT-VALUE}).")
    private long limit = 20;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            converter = Midnight.class,
            description = "Only what came since this date (UTC), such as 2026-11-01.")
    private @Nullable Instant since;

    BouncesCommand(Program program) {
        super(program);
    }

    /** Reads a date. */
    static final class Midnight implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String date) {
            try {
                return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("expected a date such as 2026-11-01, found '" + date + "'");
            }
        }
    }

    /**
     * What came back, as {@code --json} shows it; scripts rely on these names.
     *
     * @param counts all events that were asked for
     * @param events the newest of them, newest first
     */
    record Shown(@Nullable String newsletter, @Nullable String since, List<Counted> counts, List<Event> events) {}

    /** How many events are alike. */
    record Counted(String kind, String trust, String consequence, long events) {}

    /**
     * An event.
     *
     * @param address of the subscriber, if one of ours is meant
     * @param kind hard, soft, policy, relay, complaint, vacation or unknown
     * @param status enhanced status code (RFC 3463)
     * @param reply SMTP reply code
     * @param feedback type of a complaint
     * @param trust signed, unsigned, forged or smtp
     * @param consequence none, counted, suppressed, or already where the address had been suppressed before
     * @param message identifies the mail, or the refusal
     */
    record Event(
            String at,
            String newsletter,
            @Nullable String issue,
            @Nullable String address,
            String kind,
            @Nullable String status,
            @Nullable String reply,
            @Nullable String feedback,
            String evidence,
            String trust,
            String consequence,
            String message) {
        static Event of(Kept kept) {
            Report report = kept.bounce().report();
            return new Event(
                    kept.bounce().at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    kept.bounce().newsletter(),
                    kept.bounce().issue() == null ? null : kept.bounce().issue().value(),
                    kept.address(),
                    report.kind().word(),
                    orNull(report.status()),
                    orNull(report.reply()),
                    orNull(report.feedback()),
                    report.evidence(),
                    kept.bounce().trust().word(),
                    kept.consequence().word(),
                    kept.bounce().message());
        }

        private static @Nullable String orNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            Bounces bounces = session.get(Bounces.class);
            Choice choice = new Choice(name, since);
            List<Counted> counts = bounces.counts(choice).stream()
                    .map(count -> new Counted(
                            count.kind().word(),
                            count.trust().word(),
                            count.consequence().word(),
                            count.events()))
                    .toList();
            if (counts.isEmpty() && name != null) {
                options().jobFolder().load(name); // or it says which newsletters there are
            }
            int most = (int) Math.min(limit, Integer.MAX_VALUE);
            List<Event> events =
                    bounces.latest(choice, most).stream().map(Event::of).toList();
            if (options().json()) {
                console.json(new Shown(name, since == null ? null : since.toString(), counts, events));
            } else {
                print(console, counts, events);
            }
            return ExitCode.DONE;
        }
    }

    private static void print(Console console, List<Counted> counts, List<Event> events) {
        if (counts.isEmpty()) {
            console.note("nothing came back");
            return;
        }
        console.result("%-10s %-9s %-11s %7s".formatted("kind", "trust", "consequence", "events"));
        counts.forEach(count -> console.result(
                "%-10s %-9s %-11s %7d".formatted(count.kind(), count.trust(), count.consequence(), count.events())));
        console.result("");
        events.forEach(event -> console.result(words(event)));
        long all = counts.stream().mapToLong(Counted::events).sum();
        if (events.size() < all) {
            console.note("the newest " + events.size() + " of " + all + "; --limit shows more");
        }
    }

    private static String words(Event event) {
        String codes = Stream.of(event.kind(), event.feedback(), event.status(), event.reply())
                .flatMap(Stream::ofNullable)
                .collect(Collectors.joining(" "));
        return "%s  %-30s %-24s %-20s %s %s: %s"
                .formatted(
                        event.at(),
                        event.address() == null ? "-" : event.address(),
                        event.issue() == null ? event.newsletter() : event.issue(),
                        codes,
                        event.trust(),
                        event.consequence(),
                        event.evidence());
    }
}
