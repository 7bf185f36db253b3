package io.courant.cli;

import io.courant.job.Onlooker;
import io.courant.job.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "collect",
        mixinStandardHelpOptions = true,
        description = "Reads a newsletter's sources and keeps what is new.",
        footer = {"", "Example:", "  courant collect deep-learning"})
final class CollectCommand extends Operation {
    @Parameters(paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Option(names = "--dry-run", description = "Reads everything, keeps nothing.")
    private boolean dryRun;

    @Option(names = "--strict", description = "Ends with 5 when a source could not be read.")
    private boolean strict;

    CollectCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        options().jobFolder().load(name);
        try (Program.Session session = open("collecting " + name, dryRun)) {
            session.get(Onlooker.class).listen(console::note);
            Runs.Collected collected = session.get(Runs.class).collect(name);
            tell(console, collected);
            if (options().json()) {
                console.json(collected);
            } else {
                console.result(words(collected));
            }
            return strict && !collected.problems().isEmpty() ? ExitCode.UNREACHABLE : ExitCode.DONE;
        }
    }

    /** What the editor should know of the sources. */
    static void tell(Console console, Runs.Collected collected) {
        collected.problems().forEach(console::problem);
        collected.notes().forEach(console::note);
    }

    static String words(Runs.Collected collected) {
        return Console.count(collected.kept(), "new post") + ", " + collected.known() + " known"
                + (collected.problems().isEmpty()
                        ? ""
                        : ", " + Console.count(collected.problems().size(), "problem"));
    }
}
