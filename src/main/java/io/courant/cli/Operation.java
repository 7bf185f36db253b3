package io.courant.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands that do something have in common: the options of all, a console, and the program behind. */
abstract class Operation implements Callable<Integer> {
    @Mixin
    private final Options options = new Options();

    @Spec
    private CommandSpec spec;

    private final Program program;

    @SuppressWarnings("NullAway.Init") // picocli fills the field
    Operation(Program program) {
        this.program = program;
    }

    final Options options() {
        return options;
    }

    final CommandSpec spec() {
        return spec;
    }

    final Program program() {
        return program;
    }

    final Console console() {
        return new Console(spec, options.quiet());
    }

    /** A session that looks, or makes changes that need no lock. */
    final Program.Session open() {
        return program.open(options.settings());
    }

    /**
     * A session that nobody else changes issues beside.
     *
     * @param purpose what a second process is told
     * @param dryRun work on a copy instead, which is thrown away
     */
    final Program.Session open(String purpose, boolean dryRun) {
        Settings settings = options.settings();
        return Exclusive.open(program, dryRun ? settings.onCopy() : settings, purpose);
    }
}
