package io.courant.cli;

import io.courant.issue.Choice;
import io.courant.issue.NewSections;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import io.courant.report.IssueView;
import io.courant.section.Assigner;
import io.courant.section.Assignment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an editor wants of one item in the next issue. */
final class Wish {
    private final Program.Session session;
    private final Newsletter newsletter;
    private final Fate fate;
    private final Instant now;

    /** A wish as {@code --json} shows it; scripts rely on these names. */
    record Noted(long section, String heading, String choice) {}

    Wish(Program.Session session, Newsletter newsletter, Fate fate, Instant now) {
        this.session = session;
        this.newsletter = newsletter;
        this.fate = fate;
        this.now = now;
    }

    private String named() {
        return fate.section() + " (" + fate.heading() + ")";
    }

    /** Notes a choice, if it can come true. */
    Noted choose(Choice choice) {
        if (fate.state() != Fate.State.NEW && fate.state() != Fate.State.CARRIED_OVER) {
            throw new IllegalArgumentException(named() + " is " + IssueView.words(fate.state())
                    + (fate.issue() == null ? "" : ", " + fate.issue())
                    + (fate.reason().isEmpty() ? "" : ": " + fate.reason())
                    + "; only what is new or carried over can be pinned or dropped");
        }
        if (choice == Choice.LEAD && topic() == null) {
            throw new IllegalArgumentException(named() + " has no topic, and an issue opens with a topic; name one with"
                    + " 'courant assign " + newsletter.name() + " " + fate.section() + " TOPIC'");
        }
        session.get(NewSections.class).choose(newsletter, fate.section(), choice, now);
        return new Noted(fate.section(), fate.heading(), IssueView.name(choice));
    }

    private @Nullable String topic() {
        return session.get(Assigner.class)
                .of(newsletter.beat(), List.of(fate.section()))
                .getOrDefault(fate.section(), Assignment.UNSORTED)
                .topic();
    }

    /** Takes a choice back. */
    Noted unchoose(List<Choice> choices, String participle) {
        if (!session.get(NewSections.class).unchoose(newsletter, fate.section(), choices)) {
            throw new IllegalArgumentException(named() + " is not " + participle);
        }
        return new Noted(fate.section(), fate.heading(), "none");
    }
}
