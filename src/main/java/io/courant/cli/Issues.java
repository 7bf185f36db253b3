package io.courant.cli;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.report.IssueReport;
import io.courant.report.Reporter;
import java.util.Optional;

/** Finds the issue that somebody names on the command line: by id, or the newest of a newsletter. */
final class Issues {
    private Issues() {}

    static FrozenIssue find(Program.Session session, String named) {
        FrozenIssues issues = session.get(FrozenIssues.class);
        Optional<FrozenIssue> byId = named.matches(".*-\\d{4}-\\d{2}-\\d{2}(-\\d+)?")
                ? issues.find(new IssueId(named))
                : issues.latest(named);
        return byId.orElseThrow(() -> new IllegalArgumentException(
                issues.newsletters().isEmpty()
                        ? "no issue '" + named + "', nor any other yet; 'courant run NAME' makes one"
                        : "no issue '" + named + "'; 'courant status' lists the issues there are"));
    }

    static IssueReport report(Program.Session session, IssueId id) {
        return session.get(Reporter.class).report(id).orElseThrow();
    }
}
