package io.courant.cli;

import io.courant.job.JobFile;
import io.courant.job.JobFolder;
import io.courant.job.SourceHealth;
import io.courant.post.Sources;
import java.util.List;
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
        List<JobFile> readers = jobs.names().stream().map(jobs::load).toList();
        try (Program.Session session = open()) {
            Sources states = session.get(Sources.class);
            for (String name : named) {
                List<SourceHealth> found = SourceHealth.of(readers, states).stream()
                        .filter(health -> health.source().isCalled(name))
                        .toList();
                if (found.isEmpty()) {
                    throw new IllegalArgumentException("no source '" + name + "'; 'courant sources' lists them");
                }
                for (SourceHealth health : found) {
                    String title = health.source().name();
                    states.keep(health.state().resumed());
                    Operator.note(session, "sources resume", title, "");
                    console.result(title + ": "
                            + (health.state().isFailing()
                                    ? "the next run asks it again"
                                    : "nothing was wrong with it"));
                }
            }
            return ExitCode.DONE;
        }
    }
}
