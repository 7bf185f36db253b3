package io.courant.cli;

import io.courant.delivery.Clicks;
import io.courant.issue.IssueId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "clicks",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the links of an issue and how often each was followed, most first, for newsletters whose job file",
            "says 'measure: clicks'. Nobody learns who followed one, and fewer than 10 clicks are shown as '< 10'."
        },
        footer = {"", "Examples:", "  courant clicks deep-learning", "  courant clicks deep-learning-2026-11-23 --json"
        })
final class ClicksCommand extends Operation {
    /** Small counts are alike: their order must not tell what they are. */
    private static final Comparator<Clicks.Link> MOST_FIRST = Comparator.comparing(
                    (Clicks.Link link) -> Objects.requireNonNullElse(link.clicks(), 0L), Comparator.reverseOrder())
            .thenComparing(Clicks.Link::number);

    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    ClicksCommand(Program program) {
        super(program);
    }

    /** An issue's links, as {@code --json} shows them; scripts rely on these names. */
    record Shown(String issue, List<Row> links) {}

    /** A link; {@code clicks} is null where there are too few to tell. */
    record Row(String url, @Nullable Long clicks, String shown) {
        static Row of(Clicks.Link link) {
            Long clicks = link.clicks();
            return new Row(
                    link.target().toString(), clicks, clicks == null ? "< " + Clicks.LEAST : String.valueOf(clicks));
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            IssueId id = Issues.headline(session, issue).id();
            List<Row> rows = session.get(Clicks.class).of(id).stream()
                    .sorted(MOST_FIRST)
                    .map(Row::of)
                    .toList();
            if (options().json()) {
                console.json(new Shown(id.value(), rows));
            } else {
                rows.forEach(row -> console.result("%7s  %s".formatted(row.shown(), row.url())));
            }
            if (rows.isEmpty()) {
                console.note("issue " + id + ": no link is counted; 'measure: clicks' in the job file counts those of"
                        + " issues that are still to come");
            }
            return ExitCode.DONE;
        }
    }
}
