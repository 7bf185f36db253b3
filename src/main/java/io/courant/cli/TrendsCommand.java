package io.courant.cli;

import io.courant.issue.Newsletter;
import io.courant.render.TrendPage;
import io.courant.report.IssueView;
import io.courant.section.Assigner;
import io.courant.section.Finding;
import io.courant.section.Rising;
import io.courant.section.Trend;
import io.courant.section.Trend.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "trends",
        mixinStandardHelpOptions = true,
        description = {
            "Shows where a newsletter's topics go: each topic's share of the posts week by week, and what says that it moves.",
            "Counts what 'courant collect' has kept."
        },
        footer = {
            "",
            "Examples:",
            "  courant trends deep-learning",
            "  courant trends deep-learning --explain",
            "  courant trends deep-learning --page trends.html",
            "  courant trends deep-learning --on 2026-06-30 --json"
        })
final class TrendsCommand extends Operation {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int WORDS = 8;
    private static final List<Label> ORDER =
            List.of(Label.NEW, Label.RISING, Label.FADING, Label.STEADY, Label.UNKNOWN);

    @Parameters(paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Option(
            names = "--on",
            paramLabel = "DATE",
            converter = Day.class,
            description = "The last day that counts (default: today).")
    private @Nullable LocalDate day;

    @Option(names = "--page", paramLabel = "FILE", description = "Writes a page with a picture of each topic, too.")
    private @Nullable Path page;

    @Option(names = "--explain", description = "Adds the figures behind each label, and the words that rise.")
    private boolean explain;

    TrendsCommand(Program program) {
        super(program);
    }

    /** Reads a date. */
    static final class Day implements ITypeConverter<LocalDate> {
        @Override
        public LocalDate convert(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException("expected a date such as 2026-11-23, found '" + text + "'");
            }
        }
    }

    /** A topic, as {@code --json} shows it; scripts rely on these names. Shares and counts are weekly, oldest first. */
    record Shown(
            String topic,
            String title,
            String label,
            String evidence,
            @Nullable Finding finding,
            List<Double> shares,
            List<Integer> counts,
            List<Rising> words) {}

    @Override
    public Integer call() throws IOException {
        Console console = console();
        Newsletter newsletter = options().jobFolder().load(name).newsletter();
        LocalDate today = day == null ? LocalDate.ofInstant(program().clock().instant(), newsletter.zone()) : day;
        try (Program.Session session = open()) {
            Assigner assigner = session.get(Assigner.class);
            assigner.assign(newsletter.beat()); // the job file's topics may have changed since they were collected
            List<Trend> trends = assigner.trends(newsletter.beat(), List.of(), today, newsletter.zone()).stream()
                    .sorted(Comparator.comparingInt(trend -> ORDER.indexOf(trend.label())))
                    .toList();
            if (page != null) {
                Files.writeString(page, TrendPage.html(newsletter, trends, today));
            }
            List<Shown> shown = new ArrayList<>();
            for (Trend trend : trends) {
                shown.add(new Shown(
                        trend.topic(),
                        newsletter.title(trend.topic()),
                        IssueView.name(trend.label()),
                        trend.evidence(),
                        trend.finding(),
                        trend.shares(),
                        trend.counts(),
                        explain && trend.label().isMove()
                                ? assigner.rising(newsletter.beat(), trend, today, newsletter.zone(), WORDS)
                                : List.of()));
            }
            if (options().json()) {
                console.json(shown);
            } else {
                shown.forEach(one -> print(console, one));
                if (trends.stream().allMatch(trend -> trend.shares().isEmpty())) {
                    console.note("no posts yet; 'courant collect " + name + "' reads the newsletter's sources");
                }
            }
            return ExitCode.DONE;
        }
    }

    private void print(Console console, Shown one) {
        double share =
                one.shares().isEmpty() ? 0 : one.shares().get(one.shares().size() - 1);
        console.result(String.format(
                Locale.ROOT,
                "%-8s %4.0f%%  %-26s  %s",
                mark(one.label()),
                100 * share,
                bars(one.shares()),
                one.title()));
        console.result("                " + one.evidence());
        Finding finding = one.finding();
        if (explain && finding != null) {
            console.result(String.format(
                    Locale.ROOT,
                    "                %d weeks: %d of %d posts, %.1f expected, %.1f times as many, %s, p %s%s",
                    finding.weeks(),
                    finding.posts(),
                    finding.of(),
                    finding.expected(),
                    finding.ratio(),
                    Console.count(finding.sources(), "source"),
                    finding.p() < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "= %.4f", finding.p()),
                    finding.headline() ? ", sure enough for a headline" : ""));
        }
        if (!one.words().isEmpty()) {
            console.result("                words that rise: "
                    + one.words().stream().map(Rising::words).collect(Collectors.joining(", ")));
        }
    }

    private static String mark(String label) {
        return switch (label) {
            case "new" -> "★ new";
            case "rising" -> "↑ rising";
            case "fading" -> "↓ fading";
            case "steady" -> "  steady";
            default -> "  -";
        };
    }

    /** The shares as bars, the highest as high as can be. */
    static String bars(List<Double> shares) {
        double most = shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        StringBuilder bars = new StringBuilder();
        for (double share : shares) {
            bars.append(share <= 0 || most <= 0 ? '·' : BARS.charAt((int) Math.min(7, Math.floor(share / most * 8))));
        }
        return bars.toString();
    }
}
