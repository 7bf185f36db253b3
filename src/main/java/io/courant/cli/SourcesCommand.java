package io.courant.cli;

import io.courant.job.JobFile;
import io.courant.job.JobFolder;
import io.courant.job.SourceHealth;
import io.courant.post.Source;
import io.courant.post.SourceState;
import io.courant.post.Sources;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
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

    /**
     * A source, as {@code --json} shows it; scripts rely on these names.
     *
     * @param source identifies it for 'courant sources resume'
     * @param address where it is read: an address on the web, or a path
     * @param movedTo where it is read instead, since its server or page said so
     * @param state active, paused or gone
     * @param lastSuccess when it was last read or found unchanged
     * @param failures in a row
     * @param nextFetch before which it is not asked again; null if the next run asks it
     * @param items how many of its posts are kept
     * @param inFeed how many it held when it was last read
     */
    record Shown(
            String source,
            String name,
            List<String> newsletters,
            String address,
            @Nullable String movedTo,
            String state,
            @Nullable String lastLook,
            @Nullable String lastSuccess,
            int failures,
            @Nullable String problem,
            @Nullable String nextFetch,
            long items,
            int inFeed) {}

    @Override
    public Integer call() {
        Console console = console();
        JobFolder jobs = options().jobFolder();
        List<String> names = job == null ? jobs.names() : List.of(job);
        List<JobFile> readers = names.stream().map(jobs::load).toList();
        try (Program.Session session = open()) {
            Instant now = program().clock().instant();
            List<Shown> shown = SourceHealth.of(readers, session.get(Sources.class)).stream()
                    .map(health -> shown(health, now))
                    .toList();
            if (options().json()) {
                console.json(shown);
            } else {
                print(console, shown);
            }
            return ExitCode.DONE;
        }
    }

    private static Shown shown(SourceHealth health, Instant now) {
        Source source = health.source();
        SourceState state = health.state();
        return new Shown(
                source.shown(),
                source.name(),
                health.newsletters(),
                source.location().toString(),
                health.movedTo(),
                state.standing().name().toLowerCase(Locale.ROOT),
                time(state.looked()),
                time(state.read()),
                state.failures(),
                state.problem().isEmpty() ? null : state.problem(),
                time(health.restsUntil(now)),
                health.posts(),
                state.entries());
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void print(Console console, List<Shown> sources) {
        console.result("%-7s  %-20s  %8s  %-20s  %6s  %s"
                .formatted("state", "last success", "failures", "next fetch", "items", "source"));
        for (Shown source : sources) {
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
