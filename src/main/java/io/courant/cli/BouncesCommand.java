package io.courant.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "bounces",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks after the mail that comes back: bounces, complaints, automatic answers.",
        subcommands = BouncesClassifyCommand.class,
        footer = {"", "Example:", "  courant bounces classify returned.eml"})
final class BouncesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    private BouncesCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: courant bounces classify");
    }
}
