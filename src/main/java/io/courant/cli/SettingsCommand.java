package io.courant.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the settings of this installation and where each comes from: a flag, a variable, file and line.",
            "The file is --config, COURANT_CONFIG, ~/.config/courant/courant.yaml or /etc/courant/courant.yaml: the first"
                    + " that is there. What a job file says is shown by 'courant check'."
        },
        footer = {"", "Examples:", "  courant settings", "  courant settings --config /etc/courant/test.yaml --json"})
final class SettingsCommand extends Operation {
    SettingsCommand(Program program) {
        super(program);
    }

    /**
     * A setting, as {@code --json} shows it; scripts rely on these names.
     *
     * @param value {@code null} where none is set
     * @param origin a flag, a variable, file and line, or default
     */
    record Shown(String setting, @Nullable String value, String origin) {}

    @Override
    public Integer call() {
        List<Shown> shown = options().settings().inForce().settings().stream()
                .map(one -> new Shown(one.key(), one.value(), one.origin()))
                .toList();
        if (options().json()) {
            console().json(shown);
            return ExitCode.DONE;
        }
        int widest =
                shown.stream().mapToInt(one -> one.setting().length()).max().orElse(1);
        for (Shown one : shown) {
            console()
                    .result(("%-" + widest + "s  %s  (%s)")
                            .formatted(one.setting(), one.value() == null ? "-" : one.value(), one.origin()));
        }
        console()
                .note(options()
                        .configuration()
                        .file()
                        .map(file -> "read: " + file)
                        .orElse("there is no settings file"));
        return ExitCode.DONE;
    }
}
