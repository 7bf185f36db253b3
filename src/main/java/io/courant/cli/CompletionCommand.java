package io.courant.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script by which a shell completes commands and options.",
        footer = {
            "",
            "Examples:",
            "  courant completion bash",
            "  courant completion zsh",
            "",
            "For this shell: source <(courant completion bash). For all of yours: append it to ~/.bashrc, or save it as",
            "_courant in a folder of zsh's $fpath."
        })
final class CompletionCommand implements Callable<Integer> {
    /** Completes once at its first call, because zsh reads the file only then. */
    private static final String ZSH = "#compdef courant\n%s\n_bash_complete -o default -F _complete_courant\n";

    private final Program program;

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli fills the field
    CompletionCommand(Program program) {
        this.program = program;
    }

    /** A shell that we can help, by the name of its program. */
    private enum Shell {
        bash,
        zsh
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("courant", CourantCommand.commandLine(program));
        new Console(spec, false).result(shell == Shell.zsh ? ZSH.formatted(script) : script);
        return ExitCode.DONE;
    }
}
