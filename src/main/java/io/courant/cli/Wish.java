package io.courant.cli;

import io.courant.issue.Choice;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import io.courant.job.Wishes;
import io.courant.report.IssueView;
import java.time.Instant;
import java.util.List;

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

    /** Notes a choice, if it can come true. */
    Noted choose(Choice choice) {
        session.get(Wishes.class).choose(newsletter, fate, choice, now);
        return new Noted(fate.section(), fate.heading(), IssueView.name(choice));
    }

    /** Takes a choice back. */
    Noted unchoose(List<Choice> choices, String participle) {
        session.get(Wishes.class).unchoose(newsletter, fate, choices, participle);
        return new Noted(fate.section(), fate.heading(), "none");
    }
}
