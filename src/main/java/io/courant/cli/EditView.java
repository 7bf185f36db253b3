package io.courant.cli;

import io.courant.issue.Edit;
import io.courant.issue.Newsletter;
import io.courant.job.Drafts;
import java.time.Instant;
import java.util.List;

/** Tells what was edited, and what that changes. */
final class EditView {
    private final Console console;
    private final boolean json;
    private final Program.Session session;
    private final Newsletter newsletter;

    EditView(Console console, boolean json, Program.Session session, Newsletter newsletter) {
        this.console = console;
        this.json = json;
        this.session = session;
        this.newsletter = newsletter;
    }

    /**
     * An edit as {@code --json} shows it; scripts rely on these names.
     *
     * @param about an item's number, a topic's id, or empty for the issue
     */
    record Edited(String kind, String about, String value, String by, Instant at) {
        static Edited of(Edit edit) {
            return new Edited(IssueView.name(edit.kind()), edit.about(), edit.value(), edit.by(), edit.at());
        }

        String line() {
            return (about.isEmpty() ? "" : about + ": ") + kind + (value.isEmpty() ? "" : " “" + value + "”");
        }
    }

    void list(List<Edit> edits) {
        if (json) {
            console.json(edits.stream().map(Edited::of).toList());
            return;
        }
        if (edits.isEmpty()) {
            console.note("nothing is edited");
        }
        edits.forEach(edit -> console.result(Edited.of(edit).line() + " (" + edit.by() + ")"));
    }

    /** Edits that were made just now, or taken back. */
    void tell(List<Edit> edits, String participle) {
        if (json) {
            console.json(edits.stream().map(Edited::of).toList());
        } else {
            edits.forEach(edit -> console.result(participle + Edited.of(edit).line()));
        }
        session.get(Drafts.class)
                .unsent(newsletter.name())
                .ifPresent(frozen -> console.note(frozen + " is frozen, and this does not change it; 'courant compose "
                        + newsletter.name() + " --again' makes it anew"));
    }
}
