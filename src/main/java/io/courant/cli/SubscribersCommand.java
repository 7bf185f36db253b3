package io.courant.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "subscribers",
        mixinStandardHelpOptions = true,
        description = "Imports, exports, suppresses and erases subscribers, and shows what is kept of them.",
        subcommands = {
            SubscribersImportCommand.class,
            SubscribersExportCommand.class,
            SubscribersShowCommand.class,
            SubscribersExportOneCommand.class,
            SubscribersEraseCommand.class,
            SubscribersSuppressCommand.class,
            SubscribersSuppressedCommand.class,
            SubscribersAllowCommand.class
        },
        footer = {"", "Example:", "  courant subscribers import readers.csv --dry-run"})
final class SubscribersCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    private SubscribersCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: courant subscribers"
                        + " import|export|suppress|suppressed|allow|show|export-one|erase");
    }
}
