package io.courant.desk;

import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.job.Agenda;
import io.courant.job.JobFile;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import io.courant.job.Sends;
import io.courant.report.IssueReport;
import io.courant.report.Reporter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What waits for somebody, what comes next, and what is under way: a card for each newsletter. */
@RestController
final class TodayPages {
    private final Sheets sheets;
    private final JobFolder jobs;
    private final FrozenIssues issues;
    private final Reporter reporter;
    private final Agenda agenda;
    private final Ailing ailing;
    private final Sends sends;
    private final InstantSource clock;

    TodayPages(
            Sheets sheets,
            JobFolder jobs,
            FrozenIssues issues,
            Reporter reporter,
            Agenda agenda,
            Ailing ailing,
            Sends sends,
            InstantSource clock) {
        this.sheets = sheets;
        this.jobs = jobs;
        this.issues = issues;
        this.reporter = reporter;
        this.agenda = agenda;
        this.ailing = ailing;
        this.sends = sends;
        this.clock = clock;
    }

    /**
     * The first page.
     *
     * @param waiting what somebody has to see to
     * @param busy what the home folder is used for at this moment; empty: nothing
     */
    private record Today(List<Waits> waiting, String busy, List<Card> cards, List<Ailing.Source> sources) {}

    private record Waits(String id, String subject, Shown state, String why) {}

    /**
     * A newsletter.
     *
     * @param problems why its job file cannot be used
     * @param newest its newest issue, at most one
     */
    private record Card(String name, String title, List<String> problems, List<Coming> coming, List<Newest> newest) {}

    /**
     * An issue of a card.
     *
     * @param date when it was made, or when its send begins
     * @param sent shown while it is sent; at most one
     */
    private record Newest(String id, String subject, Shown state, String date, List<Sent> sent) {}

    @GetMapping("/")
    ResponseEntity<String> today(HttpServletRequest request) {
        List<Waits> waiting = new ArrayList<>();
        List<Card> cards = new ArrayList<>();
        List<JobFile> sound = new ArrayList<>();
        for (String name : jobs.names()) {
            try {
                JobFile job = jobs.load(name);
                sound.add(job);
                cards.add(card(job));
            } catch (JobFileException e) {
                cards.add(new Card(name, name, e.problems(), List.of(), List.of()));
            }
            issues.unfinished(name).forEach(id -> waits(id).ifPresent(waiting::add));
        }
        String busy = sends.holder()
                .map(holder -> holder.purpose() + " (" + holder.process() + ")")
                .orElse("");
        return sheets.page(request, "today", new Today(waiting, busy, cards, ailing.of(sound)));
    }

    private Card card(JobFile job) {
        ZoneId zone = job.newsletter().zone();
        return new Card(
                job.name(),
                job.newsletter().title(),
                List.of(),
                List.of(Coming.of(agenda.of(job.name(), 1))),
                issues.latest(job.name()).flatMap(issue -> reporter.report(issue.id())).stream()
                        .map(report -> newest(report, zone))
                        .toList());
    }

    private Newest newest(IssueReport report, ZoneId zone) {
        Optional<Instant> waitsUntil = report.issue().waitsUntil(clock.instant());
        boolean isUnderWay = !report.issue().state().isOver()
                && report.issue().state() != FrozenIssue.State.AWAITING_APPROVAL
                && waitsUntil.isEmpty();
        return new Newest(
                report.issue().id().value(),
                report.issue().subject(),
                Shown.of(report.issue().state()),
                waitsUntil
                        .map(moment -> "Sending begins " + Times.words(moment, zone) + ".")
                        .orElseGet(() -> Times.words(report.issue().date(), zone)),
                isUnderWay ? List.of(Sent.of(report, null, clock.instant())) : List.of());
    }

    private Optional<Waits> waits(IssueId id) {
        IssueReport report = reporter.report(id).orElseThrow();
        return why(report)
                .map(why -> new Waits(
                        id.value(),
                        report.issue().subject(),
                        Shown.of(report.issue().state()),
                        why));
    }

    private static Optional<String> why(IssueReport report) {
        List<String> by = report.issue().approvedBy();
        long inDoubt = report.deliveries().of(DeliveryState.IN_DOUBT);
        return switch (report.issue().state()) {
            case AWAITING_APPROVAL ->
                Optional.of(
                        by.isEmpty()
                                ? report.issue().approvers() > 1
                                        ? "Two people must approve it."
                                        : "Somebody must approve it."
                                : "Approved by " + String.join(", ", by) + "; another person must do so, too.");
            case PAUSED -> Optional.of("Somebody has paused it.");
            case STOPPED -> Optional.of("Somebody has stopped it.");
            case APPROVED ->
                inDoubt == 0
                        ? Optional.empty()
                        : Optional.of(inDoubt + " may have arrived or not: the connection to the relay broke.");
            case FINISHED, CANCELLED -> Optional.empty();
        };
    }
}
