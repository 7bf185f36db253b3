package io.courant.desk;

import io.courant.delivery.Approvals;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.report.IssueView;
import io.courant.report.Reporter;
import java.util.NoSuchElementException;
import org.springframework.stereotype.Component;

/** The issues that programs name, and how each stands. */
@Component
final class NamedIssues {
    private final FrozenIssues issues;
    private final Reporter reporter;
    private final Approvals approvals;

    NamedIssues(FrozenIssues issues, Reporter reporter, Approvals approvals) {
        this.issues = issues;
        this.reporter = reporter;
        this.approvals = approvals;
    }

    /** The id, if there is such an issue. */
    IssueId id(String text) {
        IssueId id = new IssueId(text);
        return issues.state(id)
                .map(state -> id)
                .orElseThrow(() -> new NoSuchElementException(
                        "no issue '" + id + "'; GET /api/v1/issues?newsletter=NAME lists them"));
    }

    IssueView view(IssueId id) {
        return IssueView.of(reporter.report(id).orElseThrow(), approvals);
    }
}
