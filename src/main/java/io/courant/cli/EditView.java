package io.courant.cli;

import io.courant.issue.Edit;
import io.courant.issue.Newsletter;
import io.courant.job.Drafts;
import io.courant.report.EditedView;
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

    void list(List<Edit> edits) {
        if (json) {
            console.json(edits.stream().map(EditedView::of).toList());
            return;
        }
        if (edits.isEmpty()) {
            console.note("nothing is edited");
        }
        edits.forEach(edit -> console.result(EditedView.of(edit).line() + " (" + edit.by() + ")"));
    }

    /** Edits that were made just now, or taken back. */
    void tell(List<Edit> edits, String participle) {
        if (json) {
            console.json(edits.stream().map(EditedView::of).toList());
        } else {
            edits.forEach(
                    edit -> console.result(participle + EditedView.of(edit).line()));
        }
        session.get(Drafts.class)
                .unsent(newsletter.name())
                .ifPresent(frozen -> console.note(frozen + " is frozen, and this does not change it; 'courant compose "
                        + newsletter.name() + " --again' makes it anew"));
    }
}
