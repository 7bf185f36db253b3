package io.courant.cli;

import io.courant.job.JobFolder;
import io.courant.post.Source;
import io.courant.post.SourceState;
import io.courant.post.Sources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Asks sources again that are paused, gone or resting after a failure; the next run does so.",
        footer = {
            "",
            "Examples:",
            "  courant sources resume https://blog.example/feed.xml",
            "  courant sources resume \"Shed Notes\""
        })
final class SourcesResumeCommand extends Operation {
    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "A source's name or address, as 'courant sources' shows it.")
    private List<String> named = List.of();

    SourcesResumeCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        JobFolder jobs = options().jobFolder();
        Map<String, Source> sources = new LinkedHashMap<>();
        jobs.names()
                .forEach(name -> jobs.load(name)
                        .newsletter()
                        .sources()
                        .forEach(source -> sources.putIfAbsent(source.key(), source)));
        try (Program.Session session = open()) {
            Sources states = session.get(Sources.class);
            for (String name : named) {
                List<Source> found = sources.values().stream()
                        .filter(source -> List.of(source.key(), source.name(), source.shown())
                                .contains(name))
                        .toList();
                if (found.isEmpty()) {
                    throw new IllegalArgumentException("no source '" + name + "'; 'courant sources' lists them");
                }
                for (Source source : found) {
                    SourceState state = states.state(source.key());
                    states.keep(state.resumed());
                    Operator.note(session, "sources resume", source.name(), "");
                    console.result(source.name() + ": "
                            + (state.isFailing() ? "the next run asks it again" : "nothing was wrong with it"));
                }
            }
            return ExitCode.DONE;
        }
    }
}
