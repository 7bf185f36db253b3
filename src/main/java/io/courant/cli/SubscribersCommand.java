package io.courant.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "subscribers",
        mixinStandardHelpOptions = true,
        description = "Imports, exports and suppresses subscribers.",
        subcommands = {SubscribersImportCommand.class, SubscribersExportCommand.class, SubscribersSuppressCommand.class
        },
        footer = {"", "Example:", "  courant subscribers import readers.csv --dry-run"})
final class SubscribersCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    private SubscribersCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: courant subscribers import|export|suppress");
    }
}
