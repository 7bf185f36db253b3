package io.courant.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Puts the issues that went out on the web.",
        subcommands = ArchiveExportCommand.class,
        footer = {"", "Example:", "  courant archive export public"})
final class ArchiveCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    private ArchiveCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: courant archive export");
    }
}
