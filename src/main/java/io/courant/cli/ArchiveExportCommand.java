package io.courant.cli;

import io.courant.archive.Archive;
import io.courant.delivery.FrozenIssues;
import io.courant.job.JobFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the issues that went out as static files: a page for each, a list of all, an Atom feed.",
            "Each newsletter has a folder of its name below FOLDER, to be served at its 'home' + /archive/."
        },
        footer = {
            "",
            "Examples:",
            "  courant archive export public",
            "  courant archive export public --job deep-learning"
        })
final class ArchiveExportCommand extends Operation {
    @Parameters(paramLabel = "FOLDER", description = "Where the files go; it is made if need be.")
    private Path folder = Path.of("");

    @Option(names = "--job", paramLabel = "NAME", description = "Only this newsletter: its job file without .yaml.")
    private @Nullable String job;

    ArchiveExportCommand(Program program) {
        super(program);
    }

    /** What was written for a newsletter, as {@code --json} shows it. */
    record Exported(String newsletter, String folder, String address, int issues) {}

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            JobFolder jobs = session.get(JobFolder.class);
            List<String> names = job == null ? jobs.names() : List.of(job);
            List<Exported> exported = new ArrayList<>();
            for (String name : names) {
                var newsletter = jobs.load(name).newsletter();
                Path below = folder.resolve(name);
                int issues = session.get(Archive.class).export(newsletter, below);
                exported.add(new Exported(
                        name, below.toString(), newsletter.archive().toString(), issues));
            }
            if (options().json()) {
                console.json(exported);
            } else {
                exported.forEach(one -> console.result(one.newsletter() + ": " + Console.count(one.issues(), "issue")
                        + " in " + one.folder() + ", to be served at " + one.address()));
            }
            session.get(FrozenIssues.class).newsletters().stream()
                    .filter(name -> !jobs.names().contains(name))
                    .forEach(name -> console.problem(name + " is left out: it has issues, but no job file any more"));
            return ExitCode.DONE;
        }
    }
}
