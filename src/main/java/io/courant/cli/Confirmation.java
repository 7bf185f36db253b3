package io.courant.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The question before something that cannot be undone: on a terminal it is asked, a script says yes beforehand. */
final class Confirmation {
    @Option(names = "--yes", description = "Does it without asking.")
    private boolean yes;

    /**
     * Whether to go on.
     *
     * @throws ParameterException when nobody is there to be asked
     */
    boolean isGiven(CommandSpec command, String consequences) {
        if (yes) {
            return true;
        }
        String answer = ask(consequences);
        if (answer == null) {
            throw new ParameterException(
                    command.commandLine(), consequences + "; there is no terminal to ask, so say --yes");
        }
        return answer.strip().equals("yes");
    }

    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on it is there without a terminal, and reads nothing
    private static @Nullable String ask(String consequences) {
        java.io.Console terminal = System.console();
        return terminal == null ? null : terminal.readLine("%s. Go on? Type yes: ", consequences);
    }
}
