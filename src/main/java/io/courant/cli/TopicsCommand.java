package io.courant.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks after a newsletter's topics.",
        subcommands = TopicsSuggestCommand.class,
        footer = {"", "Example:", "  courant topics suggest deep-learning"})
final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    private TopicsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: courant topics suggest");
    }
}
