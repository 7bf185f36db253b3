package io.courant.cli;

import io.courant.issue.Choice;
import io.courant.issue.Newsletter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description = "Keeps an item out of all issues of a newsletter. It stays so if the issue is composed again.",
        footer = {"", "Examples:", "  courant drop deep-learning 41", "  courant drop deep-learning 15 --undo"})
final class DropCommand extends Operation {
    @Parameters(index = "0", paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "ITEM",
            description = "The item's number in 'courant items', or a part of its title.")
    private String item = "";

    @Option(names = "--undo", description = "Takes it back.")
    private boolean undo;

    DropCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        Newsletter newsletter = options().jobFolder().load(name).newsletter();
        try (Program.Session session = open()) {
            Wish wish = new Wish(session, newsletter, item, program().clock().instant());
            Wish.Noted noted = undo ? wish.unchoose(List.of(Choice.DROP), "dropped") : wish.choose(Choice.DROP);
            if (options().json()) {
                console.json(noted);
            } else {
                console.result(noted.section() + " (" + noted.heading() + ") "
                        + (undo ? "is not dropped any more" : "will be in no issue"));
            }
            return ExitCode.DONE;
        }
    }
}
