package io.courant.cli;

import io.courant.audience.Readers;
import io.courant.consent.Requests;
import io.courant.consent.TurnedAway;
import io.courant.delivery.Approvals;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import io.courant.job.Agenda;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import io.courant.report.Account;
import io.courant.report.IssueReport;
import io.courant.report.IssueView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows how an issue stands, or the newest issues of all newsletters.",
        footer = {"", "Examples:", "  courant status", "  courant status deep-learning-2026-11-23 --json"})
final class StatusCommand extends Operation {
    private static final int SHOWN = 5;

    @Parameters(
            arity = "0..1",
            paramLabel = "ISSUE",
            description = "An issue's id, or a newsletter's name for its newest issue.")
    private @Nullable String issue;

    StatusCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            if (issue != null) {
                IssueReport report =
                        Issues.report(session, Issues.headline(session, issue).id());
                if (options().json()) {
                    console.json(IssueView.of(report, session.get(Approvals.class)));
                } else {
                    print(console, report);
                    quiet(session, report).ifPresent(console::note);
                }
                return ExitCode.DONE;
            }
            session.get(Requests.class).turnedAway(program().clock().instant().minus(Duration.ofDays(1))).stream()
                    .collect(Collectors.groupingBy(TurnedAway::newsletter, LinkedHashMap::new, Collectors.toList()))
                    .forEach((newsletter, limits) -> console.note(turnedAway(newsletter, limits)));
            new LostTopics(session.get(Readers.class)).tell(newsletters(session.get(JobFolder.class)), console);
            List<IssueReport> reports = newest(session);
            if (options().json()) {
                Approvals approvals = session.get(Approvals.class);
                console.json(reports.stream()
                        .map(report -> IssueView.of(report, approvals))
                        .toList());
            } else if (reports.isEmpty()) {
                console.note("no issue yet; 'courant run NAME' makes one");
            } else {
                reports.forEach(report -> {
                    print(console, report);
                    quiet(session, report).ifPresent(console::note);
                });
            }
            return ExitCode.DONE;
        }
    }

    /** That it is not the hour to send what is ready. What is wrong with the job file is not asked here. */
    private static Optional<String> quiet(Program.Session session, IssueReport report) {
        if (report.issue().state() != FrozenIssue.State.APPROVED
                || report.deliveries().open() == 0) {
            return Optional.empty();
        }
        try {
            return session.get(Agenda.class)
                    .quiet(report.issue().id(), report.issue().newsletter())
                    .map(line -> "  " + line);
        } catch (JobFileException e) {
            return Optional.empty();
        }
    }

    /** Those whose job is in order; what is wrong with the others, 'courant check' tells. */
    private static List<Newsletter> newsletters(JobFolder jobs) {
        List<Newsletter> newsletters = new ArrayList<>();
        try {
            for (String name : jobs.names()) {
                newsletter(jobs, name).ifPresent(newsletters::add);
            }
        } catch (JobFileException noFolder) {
            return List.of();
        }
        return newsletters;
    }

    private static Optional<Newsletter> newsletter(JobFolder jobs, String name) {
        try {
            return Optional.of(jobs.load(name).newsletter());
        } catch (JobFileException wrong) {
            return Optional.empty();
        }
    }

    private static String turnedAway(String newsletter, List<TurnedAway> limits) {
        long all = limits.stream().mapToLong(TurnedAway::times).sum();
        return newsletter + ": in the last 24 h, " + Console.count(all, "request")
                + " to sign up or to change the address " + (all == 1 ? "was" : "were") + " turned away: "
                + limits.stream().map(StatusCommand::words).collect(Collectors.joining(", "))
                + "; whoever meant it can ask again later";
    }

    private static String words(TurnedAway away) {
        return away.times()
                + switch (away.limit()) {
                    case BLOCK -> " over the limit of one network";
                    case ALL -> " over the limit of all networks together";
                    case ADDRESS -> " for an address that had a mail in the day before";
                };
    }

    private List<IssueReport> newest(Program.Session session) {
        FrozenIssues issues = session.get(FrozenIssues.class);
        List<IssueReport> reports = new ArrayList<>();
        for (String newsletter : issues.newsletters()) {
            issues.list(newsletter).stream()
                    .limit(SHOWN)
                    .forEach((IssueId id) -> reports.add(Issues.report(session, id)));
        }
        return reports;
    }

    static void print(Console console, IssueReport report) {
        Headline issue = report.issue();
        Account account = report.deliveries();
        console.result(issue.id() + "  " + issue.subject());
        console.result("  " + IssueView.words(issue.state()) + ", "
                + Console.count(issue.items(), "item")
                + (issue.carriedOver() == 0 ? "" : " (" + issue.carriedOver() + " carried over)") + "; "
                + IssueView.words(account));
        if (!report.cameBack().isEmpty()) {
            console.result("  came back: "
                    + IssueView.cameBack(report).entrySet().stream()
                            .map(kind -> kind.getValue() + " " + kind.getKey())
                            .collect(Collectors.joining(", "))
                    + "; 'courant bounces " + issue.newsletter() + "' shows them");
        }
        issue.unread()
                .forEach(source ->
                        console.note("  without " + source.where() + ", which could not be read: " + source.what()));
        waiting(report).ifPresent(console::note);
        if (!account.isBalanced()) {
            console.problem("  this does not add up: please keep the database and report it");
        }
    }

    /** What has to happen for the rest to go out. */
    private static Optional<String> waiting(IssueReport report) {
        Account account = report.deliveries();
        String newsletter = report.issue().newsletter();
        if (report.issue().state().isHeld()) {
            return Optional.of("  'courant resume " + report.issue().id() + "' lets it go on");
        }
        if (report.issue().state() == FrozenIssue.State.AWAITING_APPROVAL) {
            List<String> by = report.issue().approvedBy();
            return Optional.of("  'courant approve " + report.issue().id() + "' lets it go out"
                    + (by.isEmpty() ? "" : ", by somebody other than " + String.join(", ", by))
                    + (by.isEmpty() && report.issue().approvers() > 1 ? ", by two people" : ""));
        }
        if (report.waiting() && report.nextDue() != null) {
            return Optional.of(
                    "  approved by " + String.join(", ", report.issue().approvedBy())
                            + "; sending begins after " + report.nextDue().truncatedTo(ChronoUnit.SECONDS)
                            + ", by 'courant run "
                            + newsletter + "'; until then 'courant cancel "
                            + report.issue().id() + "' leaves all unsent");
        }
        if (account.of(DeliveryState.READY) > report.scheduled()) {
            return Optional.of("  'courant run " + newsletter + "' goes on with what is ready");
        }
        Instant nextDue = report.nextDue();
        if (nextDue != null && report.scheduled() > 0) {
            return Optional.of("  " + report.scheduled() + " wait for an hour that their readers chose, the next for "
                    + nextDue.truncatedTo(ChronoUnit.SECONDS) + "; 'courant run " + newsletter + "' sends them then");
        }
        if (nextDue != null) {
            return Optional.of("  the next is sent again after " + nextDue.truncatedTo(ChronoUnit.SECONDS)
                    + ", by 'courant run " + newsletter + "'");
        }
        return account.of(DeliveryState.IN_DOUBT) == 0
                ? Optional.empty()
                : Optional.of("  what is in doubt is sent again with --set delivery.in-doubt=resend --set "
                        + "delivery.in-doubt-times=N, where N is how often in all, or taken as sent with --set "
                        + "delivery.in-doubt=assume-sent");
    }
}
