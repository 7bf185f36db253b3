package io.courant.cli;

import io.courant.issue.NewSections;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import io.courant.report.IssueView;
import io.courant.section.Assignment;
import io.courant.section.Assignments;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "items",
        mixinStandardHelpOptions = true,
        description =
                "Shows what became of everything that a newsletter's sources gave: new, in an issue, carried over, or why not.",
        footer = {
            "",
            "Examples:",
            "  courant items deep-learning",
            "  courant items deep-learning --state expired --days 90"
        })
final class ItemsCommand extends Operation {
    @Parameters(paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Option(
            names = "--state",
            paramLabel = "STATE",
            converter = StateName.OfItem.class,
            description = "Only those: new, carried-over, issued, merged or expired.")
    private Fate.@Nullable State state;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "What a source held in the last N days (default: ${DEFAULT-VALUE}).")
    private int days = 30;

    ItemsCommand(Program program) {
        super(program);
    }

    /** An item, as {@code --json} shows it; scripts rely on these names. */
    record Shown(
            long section,
            String source,
            String heading,
            String post,
            @Nullable String link,
            Instant published,
            Instant seen,
            String state,
            @Nullable String issue,
            String reason,
            List<String> topics) {
        static Shown of(Fate fate, List<String> topics) {
            return new Shown(
                    fate.section(),
                    fate.source(),
                    fate.heading(),
                    fate.postTitle(),
                    fate.link() == null ? null : fate.link().toString(),
                    fate.published(),
                    fate.seen(),
                    IssueView.name(fate.state()),
                    fate.issue() == null ? null : fate.issue().value(),
                    fate.reason(),
                    topics);
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        Newsletter newsletter = options().jobFolder().load(name).newsletter();
        Instant now = program().clock().instant();
        try (Program.Session session = open()) {
            List<Fate> fates = session.get(NewSections.class).fates(newsletter, now, now.minus(Period.ofDays(days)));
            List<Fate> shown = fates.stream()
                    .filter(fate -> state == null || fate.state() == state)
                    .toList();
            Map<Long, Assignment> assigned = session.get(Assignments.class)
                    .of(newsletter.beat(), shown.stream().map(Fate::section).toList());
            if (options().json()) {
                console.json(shown.stream()
                        .map(fate -> Shown.of(fate, topics(assigned, fate)))
                        .toList());
            } else {
                shown.forEach(fate -> print(console, fate, newsletter, topics(assigned, fate)));
                console.note(counts(fates));
            }
            return ExitCode.DONE;
        }
    }

    private static List<String> topics(Map<Long, Assignment> assigned, Fate fate) {
        return assigned.getOrDefault(fate.section(), Assignment.UNSORTED).topics();
    }

    private static void print(Console console, Fate fate, Newsletter newsletter, List<String> topics) {
        console.result("%6d  %-12s  %s  %s (%s; %s)%s"
                .formatted(
                        fate.section(),
                        IssueView.words(fate.state()),
                        LocalDate.ofInstant(fate.published(), newsletter.zone()),
                        fate.heading(),
                        newsletter.sourceName(fate.source()),
                        topics.isEmpty() ? Assignment.UNSORTED_LABEL : String.join(", ", topics),
                        why(fate)));
    }

    private static String why(Fate fate) {
        String where = fate.issue() == null ? "" : ", " + fate.issue();
        return where + (fate.reason().isEmpty() ? "" : ": " + fate.reason());
    }

    private static String counts(List<Fate> fates) {
        Map<Fate.State, Integer> counts = new EnumMap<>(Fate.State.class);
        fates.forEach(fate -> counts.merge(fate.state(), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((one, count) -> words.add(count + " " + IssueView.words(one)));
        return Console.count(fates.size(), "item") + (words.isEmpty() ? "" : ": " + String.join(", ", words));
    }
}
