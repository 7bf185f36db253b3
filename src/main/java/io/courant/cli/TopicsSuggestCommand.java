package io.courant.cli;

import io.courant.issue.Newsletter;
import io.courant.section.Assigner;
import io.courant.section.Topic;
import io.courant.section.TopicSuggestion;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "suggest",
        mixinStandardHelpOptions = true,
        description = {
            "Looks for topics in what a newsletter left unsorted: groups of items that read alike, named by what they say"
                    + " more often than others.",
            "Prints the lines to paste under 'topics' in the job file; look at the seeds before you do."
        },
        footer = {"", "Example:", "  courant topics suggest deep-learning"})
final class TopicsSuggestCommand extends Operation {
    @Parameters(paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Option(names = "--most", paramLabel = "N", description = "Suggests N topics at most (default: ${DEFAULT-VALUE}).")
    private int most = 5;

    TopicsSuggestCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        Newsletter newsletter = options().jobFolder().load(name).newsletter();
        try (Program.Session session = open()) {
            if (most < 1) {
                throw new IllegalArgumentException("--most must be at least 1, found " + most);
            }
            List<TopicSuggestion> suggestions = session.get(Assigner.class).suggestions(newsletter.beat(), most);
            if (options().json()) {
                console.json(suggestions);
            } else if (suggestions.isEmpty()) {
                console.note("nothing that was left unsorted reads alike in three items or more");
            } else {
                suggestions.forEach(suggestion -> console.result(yaml(suggestion)));
            }
            return ExitCode.DONE;
        }
    }

    private static String yaml(TopicSuggestion suggestion) {
        Topic topic = suggestion.topic();
        String examples = suggestion.examples().stream()
                .map(example -> "  #   " + example + "\n")
                .collect(Collectors.joining());
        String seeds = topic.seeds().stream()
                .map(seed -> quoted(seed.term()) + ": " + seed.weight())
                .collect(Collectors.joining(", "));
        return "  # " + Console.count(suggestion.sections(), "item") + " from "
                + Console.count(suggestion.sources(), "source") + ", such as\n" + examples
                + "  - id: " + topic.id() + "\n    title: " + quoted(topic.title()) + "\n    seeds: {" + seeds + "}\n";
    }

    /** A term as YAML reads it as a text, whatever it looks like. */
    private static String quoted(String term) {
        boolean plain = term.matches("\\p{L}[\\p{L}\\p{N} -]*") && !term.matches("(?i)true|false|yes|no|on|off|null");
        return plain ? term : "'" + term.replace("'", "''") + "'";
    }
}
