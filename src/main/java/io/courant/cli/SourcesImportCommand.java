package io.courant.cli;

import io.courant.job.JobFolder;
import io.courant.job.JobFolder.NewSource;
import io.courant.post.Opml;
import io.courant.post.Problem;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Adds the feeds of an OPML file, as feed readers export it, to the sources of a job file.",
            "All else in the job file stays as it is; feeds that it has already are left out."
        },
        footer = {"", "Example:", "  courant sources import feeds.opml --job garden --dry-run"})
final class SourcesImportCommand extends Operation {
    @Parameters(paramLabel = "FILE", description = "OPML.")
    private Path file = Path.of("");

    @Option(names = "--job", required = true, paramLabel = "NAME", description = "The newsletter whose sources grow.")
    private String job = "";

    @Option(names = "--dry-run", description = "Says what would happen, changes nothing.")
    private boolean dryRun;

    SourcesImportCommand(Program program) {
        super(program);
    }

    /** What was imported, as {@code --json} shows it; scripts rely on these names. */
    record Imported(String job, String file, List<ImportedSource> added, int present, List<String> problems) {}

    /** A source that is new in the job file. */
    record ImportedSource(String name, String feed) {}

    @Override
    public Integer call() {
        Console console = console();
        Opml opml = Opml.read(file);
        List<NewSource> feeds = opml.outlines().stream()
                .map(outline -> new NewSource(outline.name(), outline.feed()))
                .toList();
        JobFolder.Added added = options().jobFolder().addSources(job, feeds, dryRun);
        List<String> problems = opml.problems().stream().map(Problem::toString).toList();
        if (options().json()) {
            console.json(new Imported(
                    job,
                    added.file(),
                    added.added().stream()
                            .map(source -> new ImportedSource(
                                    source.name(), source.feed().toString()))
                            .toList(),
                    added.present(),
                    problems));
        } else {
            problems.forEach(console::problem);
            print(console, added, problems.size());
        }
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(Console console, JobFolder.Added added, int problems) {
        if (dryRun) {
            added.added().forEach(source -> console.note("  " + source.name() + "  " + source.feed()));
        }
        console.result((dryRun ? "dry run, nothing changed: " : "")
                + Console.count(added.added().size(), "source") + " added to " + added.file() + ", "
                + added.present() + " already there, " + Console.count(problems, "problem"));
    }
}
