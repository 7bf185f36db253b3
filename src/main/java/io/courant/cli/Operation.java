package io.courant.cli;

import io.courant.upkeep.Instance;
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
        return warned(program.open(options.settings()));
    }

    /**
     * A session that nobody else changes issues beside.
     *
     * @param purpose what a second process is told
     * @param dryRun work on a copy instead, which is thrown away
     */
    final Program.Session open(String purpose, boolean dryRun) {
        Program.Session session = exclusive(purpose, dryRun);
        return dryRun ? session : warned(session);
    }

    /**
     * The same for whoever sends mail.
     *
     * @throws io.courant.upkeep.UnconfirmedInstance when this may be a copy, which must not send
     */
    final Program.Session openToSend(String purpose, boolean dryRun) {
        Program.Session session = exclusive(purpose, dryRun);
        if (!dryRun) { // which has a copy by intent, and sends nothing
            orClose(session, () -> session.get(Instance.class).requireConfirmed());
        }
        return session;
    }

    /** The same beside others who change issues: for mail that is nobody's delivery. */
    final Program.Session openToSend() {
        Program.Session session = program.open(options.settings());
        orClose(session, () -> session.get(Instance.class).requireConfirmed());
        return session;
    }

    private Program.Session exclusive(String purpose, boolean dryRun) {
        Settings settings = options.settings();
        return Exclusive.open(program, dryRun ? settings.onCopy() : settings, purpose);
    }

    private Program.Session warned(Program.Session session) {
        orClose(
                session,
                () -> session.get(Instance.class)
                        .doubt()
                        .ifPresent(doubt -> console().problem(doubt.words())));
        return session;
    }

    private static void orClose(Program.Session session, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }
}
