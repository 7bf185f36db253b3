package io.courant.cli;

import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import io.courant.job.Wishes;
import io.courant.section.Assignment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "assign",
        mixinStandardHelpOptions = true,
        description = {
            "Says which topics an item is about, the main one first. It votes from then on: what reads alike goes there, too.",
            "Issues that hold it already stay as they are."
        },
        footer = {
            "",
            "Examples:",
            "  courant assign deep-learning 41 edge-ai sustainable-ai",
            "  courant assign deep-learning 15 unsorted",
            "  courant assign deep-learning 41 --undo"
        })
final class AssignCommand extends Operation {
    @Mixin
    private NamedItem named = new NamedItem();

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "TOPIC",
            description = "Ids of topics, or 'unsorted' for none of them.")
    private List<String> topics = List.of();

    @Option(names = "--undo", description = "Lets the topics be found as if nobody had said anything.")
    private boolean undo;

    AssignCommand(Program program) {
        super(program);
    }

    /** What was said, as {@code --json} shows it; no topics at all if it was taken back. */
    record Said(long section, String heading, @Nullable List<String> topics) {}

    @Override
    public Integer call() {
        Console console = console();
        Newsletter newsletter = named.newsletter(options());
        Instant now = program().clock().instant();
        try (Program.Session session = open()) {
            Fate fate = named.find(session, newsletter, now);
            Wishes wishes = session.get(Wishes.class);
            List<String> said = List.of();
            if (undo) {
                wishes.withdraw(newsletter, fate);
            } else {
                said = wishes.assign(newsletter, fate, topics, now);
            }
            Operator.note(
                    session,
                    "assign",
                    newsletter.name(),
                    "item " + fate.section() + (undo ? ", taken back" : " to " + where(said)));
            if (options().json()) {
                console.json(new Said(fate.section(), fate.heading(), undo ? null : said));
            } else {
                console.result(fate.section() + " (" + fate.heading() + ") "
                        + (undo ? "will be assigned by its text" : "is " + where(said)));
            }
            return ExitCode.DONE;
        }
    }

    private static String where(List<String> said) {
        return said.isEmpty() ? Assignment.UNSORTED_LABEL : String.join(", ", said);
    }
}
