package io.courant.cli;

import io.courant.delivery.FrozenIssues;
import io.courant.issue.Draft;
import io.courant.issue.Edit;
import io.courant.issue.Issue;
import io.courant.issue.Item;
import io.courant.issue.TopicSection;
import io.courant.report.IssueView;
import io.courant.section.Assignment;
import io.courant.section.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Says why an item stands where it stands: its topic, the terms that spoke for it, its place.",
        footer = {"", "Examples:", "  courant explain deep-learning", "  courant explain deep-learning-2026-11-23 3"})
final class ExplainCommand extends Operation {
    private static final int REASONS = 5;

    @Parameters(
            index = "0",
            paramLabel = "ISSUE",
            description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ITEM",
            description = "The item's number, or a part of its heading or post title. Without it: all items.")
    private @Nullable String item;

    ExplainCommand(Program program) {
        super(program);
    }

    /** An item and its reasons, as {@code --json} shows them; beyond says that the HTML leaves it out for its size. */
    record Explained(
            int number,
            String heading,
            String post,
            String source,
            String topic,
            List<String> topics,
            double score,
            String why,
            @Nullable String trend,
            @Nullable String evidence,
            boolean updated,
            boolean beyond,
            List<Item.Also> also,
            List<Assignment.Reason> reasons,
            List<String> edits) {
        static Explained of(int number, Item item, boolean beyond, @Nullable Trend trend, List<Edit> edits) {
            return new Explained(
                    number,
                    item.heading(),
                    item.post(),
                    item.source(),
                    item.assignment().label(),
                    item.assignment().topics(),
                    item.assignment().score(),
                    item.why(),
                    trend == null ? null : IssueView.name(trend.label()),
                    trend == null ? null : trend.evidence(),
                    item.updated(),
                    beyond,
                    item.also(),
                    item.assignment().reasons(),
                    edits.stream()
                            .filter(edit -> edit.isAbout(item.section()))
                            .map(Edit::said)
                            .distinct()
                            .toList());
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            Issue found = Issues.find(session, issue).issue();
            List<Edit> edits = session.get(FrozenIssues.class)
                    .draft(found.id())
                    .map(Draft::edits)
                    .orElse(List.of());
            List<Explained> explained = explained(found, edits).stream()
                    .filter(one -> item == null || matches(one, item))
                    .toList();
            if (explained.isEmpty()) {
                throw new IllegalArgumentException("issue " + found.id() + " has no item '" + item
                        + "' (it has items 1 to " + found.items().size() + ")");
            }
            if (options().json()) {
                console.json(explained);
            } else {
                explained.forEach(one -> print(console, one, item != null));
            }
            return ExitCode.DONE;
        }
    }

    static List<Explained> explained(Issue issue, List<Edit> edits) {
        List<Explained> explained = new ArrayList<>();
        for (TopicSection section : issue.sections()) {
            for (Item item : section.items()) {
                explained.add(Explained.of(explained.size() + 1, item, issue.isBeyond(item), section.trend(), edits));
            }
        }
        for (Item item : issue.brief()) {
            explained.add(Explained.of(explained.size() + 1, item, issue.isBeyond(item), null, edits));
        }
        return explained;
    }

    private static boolean matches(Explained one, String named) {
        return named.matches("\\d{1,6}")
                ? one.number() == Integer.parseInt(named)
                : (one.heading() + "\n" + one.post()).toLowerCase(Locale.ROOT).contains(named.toLowerCase(Locale.ROOT));
    }

    static void print(Console console, Explained one, boolean reasons) {
        console.result("%2d. %s (%s)".formatted(one.number(), one.heading(), one.source()));
        console.result("    " + one.topic() + ": " + one.why());
        if (one.beyond()) {
            console.result("    only in the plain text and on the web: the HTML was full, so it is carried over, too");
        }
        if (one.topics().size() > 1) {
            console.result("    also about "
                    + String.join(", ", one.topics().subList(1, one.topics().size())));
        }
        one.edits().forEach(edit -> console.result("    " + edit));
        one.also().forEach(also -> console.result("    also at " + also.source() + ": " + also.why()));
        if (reasons) {
            if (one.trend() != null) {
                String course =
                        one.trend().equals("unknown") ? "no word on the topic's trend" : "the topic is " + one.trend();
                console.result("    " + course + ": " + one.evidence());
            }
            one.reasons().stream().limit(REASONS).forEach(reason -> print(console, reason.weight(), reason.words()));
            List<Assignment.Reason> rest = one.reasons().stream().skip(REASONS).toList();
            if (!rest.isEmpty()) {
                print(
                        console,
                        rest.stream().mapToDouble(Assignment.Reason::weight).sum(),
                        Console.count(rest.size(), "more reason"));
            }
            print(console, one.score(), "in all");
        }
    }

    private static void print(Console console, double weight, String words) {
        console.result(String.format(Locale.ROOT, "    %8.3f  %s", weight, words));
    }
}
