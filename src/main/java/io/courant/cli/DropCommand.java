package io.courant.cli;

import io.courant.issue.Choice;
import io.courant.issue.Newsletter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description = "Keeps an item out of all issues of a newsletter. It stays so if the issue is composed again.",
        footer = {"", "Examples:", "  courant drop deep-learning 41", "  courant drop deep-learning 15 --undo"})
final class DropCommand extends Operation {
    @Mixin
    private NamedItem named = new NamedItem();

    @Option(names = "--undo", description = "Takes it back.")
    private boolean undo;

    DropCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        Newsletter newsletter = named.newsletter(options());
        Instant now = program().clock().instant();
        try (Program.Session session = open()) {
            Wish wish = new Wish(session, newsletter, named.find(session, newsletter, now), now);
            Wish.Noted noted = undo ? wish.unchoose(List.of(Choice.DROP), "dropped") : wish.choose(Choice.DROP);
            Operator.note(session, "drop", newsletter.name(), "item " + noted.section() + (undo ? ", taken back" : ""));
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
