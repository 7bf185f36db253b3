package io.courant.cli;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Variant;
import io.courant.issue.Edition;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "editions",
        mixinStandardHelpOptions = true,
        description = "Shows the editions that an issue was cut into by what its readers chose, and how many get each.",
        footer = {
            "",
            "Examples:",
            "  courant editions deep-learning",
            "  courant editions deep-learning-2026-11-23 --json"
        })
final class EditionsCommand extends Operation {
    @Parameters(paramLabel = "NAME|ISSUE", description = "The newsletter's newest issue, or an issue by its id.")
    private String named = "";

    EditionsCommand(Program program) {
        super(program);
    }

    /**
     * An edition, as {@code --json} shows it; scripts rely on these names.
     *
     * @param topics that its readers chose; empty for all
     * @param since it holds what was issued since then; null: one issue
     */
    record Shown(
            String variant,
            List<String> topics,
            String language,
            String form,
            @Nullable Instant since,
            int items,
            long readers) {
        static Shown of(Variant variant, FrozenIssue issue, long readers) {
            Edition edition = variant.edition();
            if (edition == null) { // made when there was but one
                return new Shown(
                        variant.name(),
                        List.of(),
                        "",
                        "html",
                        null,
                        issue.issue().items().size(),
                        readers);
            }
            return new Shown(
                    variant.name(),
                    edition.topics(),
                    edition.language().toLanguageTag(),
                    edition.form().name().toLowerCase(Locale.ROOT),
                    edition.since(),
                    edition.sections().size(),
                    readers);
        }

        String words() {
            return "%7d  %s: %s%s%s%s"
                    .formatted(
                            readers,
                            variant,
                            topics.isEmpty() ? "all topics" : String.join(", ", topics),
                            language.isEmpty() ? "" : "; " + language + ", " + form,
                            since == null ? "" : "; all since " + since.truncatedTo(ChronoUnit.SECONDS),
                            "; " + Console.count(items, "item"));
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            FrozenIssue issue = Issues.find(session, named);
            IssueId id = issue.issue().id();
            Map<String, Long> readers = session.get(FrozenIssues.class).readers(id);
            List<Shown> shown = issue.variants().stream()
                    .map(variant -> Shown.of(variant, issue, readers.getOrDefault(variant.name(), 0L)))
                    .toList();
            if (options().json()) {
                console.json(shown);
            } else {
                shown.forEach(one -> console.result(one.words()));
                console.note(id + ": " + Console.count(shown.size(), "edition"));
            }
            return ExitCode.DONE;
        }
    }
}
