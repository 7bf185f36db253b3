package io.courant.cli;

import io.courant.issue.Edit;
import io.courant.issue.Newsletter;
import io.courant.job.Drafts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "move",
        mixinStandardHelpOptions = true,
        description = {
            "Puts an item of the next issue before or after another of its topic, or a topic before or after another.",
            "What comes first under the first topic leads the issue. 'courant edit NAME --undo' takes it back."
        },
        footer = {
            "",
            "Examples:",
            "  courant move deep-learning 41 --before 25",
            "  courant move deep-learning 41 --top",
            "  courant move deep-learning edge-ai --after privacy"
        })
final class MoveCommand extends Operation {
    @Parameters(index = "0", paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "ITEM|TOPIC",
            description = "The item's number in 'courant items', a part of its title, or the id of a topic.")
    private String moving = "";

    @ArgGroup(multiplicity = "1")
    private Place place = new Place();

    @Mixin
    private Author author = new Author();

    /** Where it is to stand. */
    private static final class Place {
        @Option(names = "--before", paramLabel = "ITEM|TOPIC", description = "It stands before this one.")
        private @Nullable String before;

        @Option(names = "--after", paramLabel = "ITEM|TOPIC", description = "It stands after this one.")
        private @Nullable String after;

        @Option(names = "--top", description = "It comes first.")
        private boolean top;

        Edit.Kind kind(boolean topic) {
            if (top) {
                return topic ? Edit.Kind.TOPIC_TOP : Edit.Kind.TOP;
            }
            return before == null
                    ? (topic ? Edit.Kind.TOPIC_AFTER : Edit.Kind.AFTER)
                    : (topic ? Edit.Kind.TOPIC_BEFORE : Edit.Kind.BEFORE);
        }

        String beside() {
            return before != null ? before : after != null ? after : "";
        }
    }

    MoveCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Newsletter newsletter = options().jobFolder().load(name).newsletter();
        Instant now = program().clock().instant();
        boolean topic = newsletter.beat().taxonomy().ids().contains(moving);
        try (Program.Session session = open()) {
            String beside = place.beside();
            Edit edit = Edit.of(
                    place.kind(topic),
                    topic ? moving : section(session, newsletter, moving, now),
                    topic || beside.isEmpty() ? beside : section(session, newsletter, beside, now),
                    now,
                    author.name());
            session.get(Drafts.class).note(newsletter, edit);
            new EditView(console(), options().json(), session, newsletter).tell(List.of(edit), "");
            return ExitCode.DONE;
        }
    }

    private static String section(Program.Session session, Newsletter newsletter, String named, Instant now) {
        return String.valueOf(NamedItem.find(session, newsletter, named, now).section());
    }
}
