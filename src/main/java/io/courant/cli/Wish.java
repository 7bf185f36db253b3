package io.courant.cli;

import io.courant.issue.Choice;
import io.courant.issue.NewSections;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes what an editor wants of an item in the next issue. */
final class Wish {
    private Wish() {}

    /** @param choice null takes back what was wanted */
    static int note(Operation operation, String name, String item, @Nullable Choice choice, String said) {
        Console console = operation.console();
        Newsletter newsletter = operation.options().jobFolder().load(name).newsletter();
        Instant now = operation.program().clock().instant();
        try (Program.Session session = operation.open()) {
            Fate fate = KeptItem.find(session, newsletter, item, now);
            boolean mayCome = fate.state() == Fate.State.NEW || fate.state() == Fate.State.CARRIED_OVER;
            if (choice != null
                    && choice != Choice.DROP
                    && !mayCome
                    && !fate.reason().startsWith("dropped")) {
                throw new IllegalArgumentException(fate.section() + " (" + fate.heading() + ") is "
                        + IssueView.words(fate.state()) + (fate.issue() == null ? "" : ", " + fate.issue())
                        + "; only what is new or carried over can be in the next issue");
            }
            session.get(NewSections.class).choose(newsletter, fate.section(), choice, now);
            if (operation.options().json()) {
                console.json(Map.of(
                        "section", fate.section(),
                        "heading", fate.heading(),
                        "choice", choice == null ? "none" : IssueView.name(choice)));
            } else {
                console.result(fate.section() + " (" + fate.heading() + ") " + said);
            }
            return ExitCode.DONE;
        }
    }
}
