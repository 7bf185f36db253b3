package io.courant.cli;

import io.courant.delivery.TokenKeys;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the keys that sign links and return addresses in mail: number and date of its file.",
            "The newest signs; links that the others signed go on working as long as their files are kept."
        },
        subcommands = KeysRotateCommand.class,
        footer = {"", "Examples:", "  courant keys", "  courant keys rotate"})
final class KeysCommand extends Operation {
    KeysCommand(Program program) {
        super(program);
    }

    /** A key, as {@code --json} shows it; scripts rely on these names. */
    record Shown(int key, String made, boolean signs) {}

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            List<TokenKeys.Listed> listed = session.get(TokenKeys.class).listed();
            int newest = listed.get(listed.size() - 1).number();
            List<Shown> shown = listed.stream()
                    .map(key -> new Shown(
                            key.number(),
                            key.made().truncatedTo(ChronoUnit.SECONDS).toString(),
                            key.number() == newest))
                    .toList();
            if (options().json()) {
                console.json(shown);
            } else {
                shown.forEach(key -> console.result(
                        "%3d  %s%s".formatted(key.key(), key.made(), key.signs() ? "  signs" : "")));
            }
            return ExitCode.DONE;
        }
    }
}
