package io.courant.cli;

import io.courant.issue.Choice;
import io.courant.issue.Newsletter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "pin",
        mixinStandardHelpOptions = true,
        description =
                "Puts an item into the next issue, whatever the quotas say. It stays so if the issue is composed again.",
        footer = {"", "Examples:", "  courant pin deep-learning 41", "  courant pin deep-learning 25 --lead"})
final class PinCommand extends Operation {
    @Mixin
    private NamedItem named = new NamedItem();

    @Option(names = "--lead", description = "Lets the issue open with it.")
    private boolean lead;

    @Option(names = "--undo", description = "Takes it back.")
    private boolean undo;

    PinCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        Newsletter newsletter = named.newsletter(options());
        Instant now = program().clock().instant();
        try (Program.Session session = open()) {
            Wish wish = new Wish(session, newsletter, named.find(session, newsletter, now), now);
            Wish.Noted noted = undo
                    ? wish.unchoose(List.of(Choice.PIN, Choice.LEAD), "pinned")
                    : wish.choose(lead ? Choice.LEAD : Choice.PIN);
            Operator.note(
                    session,
                    "pin",
                    newsletter.name(),
                    "item " + noted.section() + (undo ? ", taken back" : lead ? ", as the lead" : ""));
            if (options().json()) {
                console.json(noted);
            } else {
                console.result(noted.section() + " (" + noted.heading() + ") "
                        + (undo
                                ? "is not pinned any more"
                                : lead ? "will lead the next issue" : "will be in the next issue"));
            }
            return ExitCode.DONE;
        }
    }
}
