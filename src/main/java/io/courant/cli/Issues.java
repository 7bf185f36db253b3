package io.courant.cli;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.report.IssueReport;
import io.courant.report.Reporter;
import java.util.Optional;

/** Finds the issue that somebody names on the command line: by id, or the newest of a newsletter. */
final class Issues {
    private Issues() {}

    /** Whether this is how ids of issues look. */
    static boolean isId(String named) {
        return named.matches(".*-\\d{4}-\\d{2}-\\d{2}(-\\d+)?");
    }

    /** The issue with all that is in it. */
    static FrozenIssue find(Program.Session session, String named) {
        return session.get(FrozenIssues.class)
                .find(headline(session, named).id())
                .orElseThrow();
    }

    /** The issue in brief. */
    static Headline headline(Program.Session session, String named) {
        FrozenIssues issues = session.get(FrozenIssues.class);
        Optional<IssueId> id = isId(named)
                ? Optional.of(new IssueId(named))
                : issues.list(named).stream().findFirst();
        return id.flatMap(issues::headline)
                .orElseThrow(() -> new IllegalArgumentException(
                        issues.newsletters().isEmpty()
                                ? "no issue '" + named + "', nor any other yet; 'courant run NAME' makes one"
                                : "no issue '" + named + "'; 'courant status' lists the issues there are"));
    }

    static IssueReport report(Program.Session session, IssueId id) {
        return session.get(Reporter.class).report(id).orElseThrow();
    }
}
