package io.courant.report;

import io.courant.issue.Edit;
import java.time.Instant;

/**
 * An edit as {@code --json} shows it; scripts rely on these names.
 *
 * @param about an item's number, a topic's id, or empty for the issue
 */
public record EditedView(String kind, String about, String value, String by, Instant at) {
    public static EditedView of(Edit edit) {
        return new EditedView(IssueView.name(edit.kind()), edit.about(), edit.value(), edit.by(), edit.at());
    }

    /** For people to read. */
    public String line() {
        return (about.isEmpty() ? "" : about + ": ") + kind + (value.isEmpty() ? "" : " “" + value + "”");
    }
}
