package io.courant.cli;

import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import io.courant.render.Nearest;
import io.courant.section.Assignment;
import io.courant.section.Assignments;
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
        List<String> said = said(newsletter);
        Instant now = program().clock().instant();
        try (Program.Session session = open()) {
            Fate fate = named.find(session, newsletter, now);
            Assignments assignments = session.get(Assignments.class);
            if (undo && !assignments.withdraw(newsletter.beat(), fate.section())) {
                throw new IllegalArgumentException(
                        "nobody has said what " + fate.section() + " (" + fate.heading() + ") is about");
            } else if (!undo) {
                assignments.correct(newsletter.beat(), fate.section(), said, now);
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

    private List<String> said(Newsletter newsletter) {
        List<String> ids = newsletter.beat().taxonomy().ids();
        if (undo || topics.equals(List.of(Assignment.UNSORTED_LABEL))) {
            return List.of();
        }
        if (topics.isEmpty()) {
            throw new IllegalArgumentException(
                    "say which topics it is about: " + String.join(", ", ids) + ", or " + Assignment.UNSORTED_LABEL);
        }
        if (newsletter.exclusive() && topics.size() > 1) {
            throw new IllegalArgumentException(
                    "the topics of " + newsletter.name() + " exclude each other (exclusive-topics); name one");
        }
        for (String topic : topics) {
            if (!ids.contains(topic)) {
                throw new IllegalArgumentException("no topic '" + topic + "'" + Nearest.hint(topic, ids)
                        + "; the topics of " + newsletter.name() + " are " + String.join(", ", ids));
            }
        }
        return topics.stream().distinct().toList();
    }
}
