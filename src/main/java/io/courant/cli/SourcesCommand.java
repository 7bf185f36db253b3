package io.courant.cli;

import io.courant.job.JobFolder;
import io.courant.job.SourceView;
import io.courant.post.Sources;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sources",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how the sources of the newsletters are: when each was read last, what went wrong, when it is asked next."
        },
        subcommands = {SourcesResumeCommand.class, SourcesImportCommand.class},
        footer = {
            "",
            "Examples:",
            "  courant sources --job deep-learning",
            "  courant sources resume https://blog.example/feed.xml",
            "  courant sources import feeds.opml --job deep-learning"
        })
final class SourcesCommand extends Operation {
    @Option(names = "--job", paramLabel = "NAME", description = "Only those of this newsletter.")
    private @Nullable String job;

    SourcesCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        JobFolder jobs = options().jobFolder();
        List<String> names = job == null ? jobs.names() : List.of(job);
        try (Program.Session session = open()) {
            List<SourceView> shown = SourceView.of(
                    names, jobs, session.get(Sources.class), program().clock().instant());
            if (options().json()) {
                console.json(shown);
            } else {
                print(console, shown);
            }
            return ExitCode.DONE;
        }
    }

    private static void print(Console console, List<SourceView> sources) {
        console.result("%-7s  %-20s  %8s  %-20s  %6s  %s"
                .formatted("state", "last success", "failures", "next fetch", "items", "source"));
        for (SourceView source : sources) {
            String next = source.state().equals("active") ? "next run" : "-";
            console.result("%-7s  %-20s  %8d  %-20s  %6d  %s"
                    .formatted(
                            source.failures() > 0 && source.state().equals("active") ? "failing" : source.state(),
                            source.lastSuccess() == null ? "never" : source.lastSuccess(),
                            source.failures(),
                            source.nextFetch() == null ? next : source.nextFetch(),
                            source.items(),
                            source.name() + (source.name().equals(source.address()) ? "" : ", " + source.address())));
            if (source.movedTo() != null) {
                console.result("         read at " + source.movedTo());
            }
            if (source.problem() != null) {
                console.result("         " + source.problem());
            }
        }
        if (sources.stream().anyMatch(source -> !source.state().equals("active"))) {
            console.note("'courant sources resume SOURCE' asks a source again that is paused or gone");
        }
    }
}
