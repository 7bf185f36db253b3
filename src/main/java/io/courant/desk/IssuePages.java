package io.courant.desk;

import io.courant.delivery.Approvals;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.editor.Permission;
import io.courant.issue.IssueId;
import io.courant.job.Agenda;
import io.courant.job.JobFileException;
import io.courant.report.IssueReport;
import io.courant.report.Reporter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A frozen issue: what is in it and why, how far it has got, what was refused, and what can be done about it. */
@RestController
final class IssuePages {
    private final Sheets sheets;
    private final Gate gate;
    private final FrozenIssues issues;
    private final Approvals approvals;
    private final Reporter reporter;
    private final Failing failing;
    private final Agenda agenda;
    private final Sender sender;
    private final Zones zones;
    private final InstantSource clock;

    IssuePages(
            Sheets sheets,
            Gate gate,
            FrozenIssues issues,
            Approvals approvals,
            Reporter reporter,
            Failing failing,
            Agenda agenda,
            Sender sender,
            Zones zones,
            InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.issues = issues;
        this.approvals = approvals;
        this.reporter = reporter;
        this.failing = failing;
        this.agenda = agenda;
        this.sender = sender;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * An issue as its page shows it.
     *
     * @param live whether it is worth listening how it gets on
     * @param approving what there is to approve, at most one
     * @param approvedBy who has
     * @param waiting for what moment, at most one
     * @param said how things stand with the send, in a sentence or none
     * @param trouble why the last send from the desk ended; empty: it was no accident
     * @param actions what can be done now, by the last part of its address
     * @param edition the one that is shown
     * @param failing deliveries that did not simply go well; whom they are for is shown to those who may see subscribers
     */
    private record IssueSheet(
            String id,
            String newsletter,
            String subject,
            Shown state,
            String date,
            boolean live,
            Sent sent,
            List<Approving> approving,
            List<String> approvedBy,
            List<Waiting> waiting,
            String said,
            String trouble,
            List<String> actions,
            List<Kind> cameBack,
            List<Unread> unread,
            List<Contents.Section> sections,
            String edition,
            List<Printed> editions,
            List<Failing.Group> failing) {}

    /**
     * What there is to approve.
     *
     * @param hash of what is shown, to which the approval binds
     * @param twice whether two people must do it
     * @param mine whether whoever looks has done it
     */
    private record Approving(String hash, boolean twice, boolean mine, String zone) {}

    /** @param iso for the script that counts down */
    private record Waiting(String words, String iso) {}

    private record Kind(String name, long count) {}

    private record Unread(String source, String why) {}

    private record Printed(String name, String words, long readers) {}

    @GetMapping("/i/{id}")
    ResponseEntity<String> issue(
            HttpServletRequest request,
            @PathVariable("id") String id,
            @RequestParam(name = "edition", defaultValue = "") String edition) {
        IssueReport report =
                reporter.report(new IssueId(id)).orElseThrow(() -> new NoSuchElementException("no issue " + id));
        Headline issue = report.issue();
        Instant now = clock.instant();
        ZoneId zone = zones.of(issue.newsletter());
        FrozenIssue frozen = issues.find(issue.id()).orElseThrow();
        List<Printed> editions = editions(frozen);
        String quiet = quiet(issue);
        return sheets.page(
                request,
                "issue",
                new IssueSheet(
                        issue.id().value(),
                        issue.newsletter(),
                        issue.subject(),
                        Shown.of(issue.state()),
                        Times.words(issue.date(), zone),
                        !issue.state().isOver(),
                        Sent.of(report, null, now),
                        approving(issue, gate.required(request).name(), zone),
                        issue.approvedBy(),
                        issue.waitsUntil(now).stream()
                                .map(moment -> new Waiting(Times.words(moment, zone), moment.toString()))
                                .toList(),
                        said(report, quiet, zone),
                        sender.trouble(issue.id()).orElse(""),
                        actions(report, quiet),
                        report.cameBack().entrySet().stream()
                                .map(kind -> new Kind(kind.getKey().word(), kind.getValue()))
                                .toList(),
                        issue.unread().stream()
                                .map(problem -> new Unread(problem.where(), problem.what()))
                                .toList(),
                        Contents.of(frozen.issue()),
                        edition.isEmpty() ? editions.get(0).name() : edition,
                        editions,
                        failing.of(report, gate.required(request).may(Permission.SEE_SUBSCRIBERS))));
    }

    private List<Approving> approving(Headline issue, String editor, ZoneId zone) {
        if (issue.state() != FrozenIssue.State.AWAITING_APPROVAL) {
            return List.of();
        }
        return approvals.seal(issue.id()).stream()
                .map(seal -> new Approving(
                        seal.hash(),
                        issue.approvers() > 1,
                        issue.approvedBy().stream().anyMatch(editor::equalsIgnoreCase),
                        Times.name(zone)))
                .toList();
    }

    private List<Printed> editions(FrozenIssue issue) {
        Map<String, Long> readers = issues.readers(issue.issue().id());
        return issue.variants().stream()
                .map(variant -> new Printed(
                        variant.name(),
                        variant.edition() == null
                                ? "all topics"
                                : variant.edition().words(),
                        readers.getOrDefault(variant.name(), 0L)))
                .toList();
    }

    /** Until when nothing is sent at this hour; empty if it may be. */
    private String quiet(Headline issue) {
        try {
            return Optional.ofNullable(agenda.of(issue.newsletter(), 0).quietUntil())
                    .map(until -> Times.words(until, zones.of(issue.newsletter())))
                    .orElse("");
        } catch (JobFileException | IllegalArgumentException e) {
            return ""; // whatever is wrong with the job file is said where it matters
        }
    }

    private String said(IssueReport report, String quiet, ZoneId zone) {
        Headline issue = report.issue();
        if (issue.state() != FrozenIssue.State.APPROVED) {
            return "";
        }
        if (sender.isSending(issue)) {
            return "It is being sent now.";
        }
        if (!quiet.isEmpty() && report.deliveries().open() > 0) {
            return "These are quiet hours, until " + quiet + ".";
        }
        Instant next = report.nextDue();
        return next == null || report.waiting()
                ? ""
                : "Some wait for their time, the next for " + Times.words(next, zone) + ".";
    }

    private List<String> actions(IssueReport report, String quiet) {
        Headline issue = report.issue();
        return switch (issue.state()) {
            case AWAITING_APPROVAL -> issue.approvedBy().isEmpty() ? List.of("cancel") : List.of("withdraw", "cancel");
            case APPROVED -> approved(report, quiet);
            case PAUSED -> List.of("resume", "stop", "cancel");
            case STOPPED -> List.of("resume", "cancel");
            case FINISHED, CANCELLED -> List.of();
        };
    }

    private List<String> approved(IssueReport report, String quiet) {
        List<String> actions = new ArrayList<>();
        Headline issue = report.issue();
        boolean isWaiting = issue.waitsUntil(clock.instant()).isPresent();
        if (!isWaiting && !sender.isSending(issue) && report.deliveries().open() > 0) {
            actions.add(quiet.isEmpty() ? "send" : "send-quietly");
        }
        if (isWaiting || (issue.approvers() > 0 && report.deliveries().of(DeliveryState.ACCEPTED) == 0)) {
            actions.add("withdraw");
        }
        if (!isWaiting) {
            actions.add("pause");
        }
        actions.add("stop");
        actions.add("cancel");
        return actions;
    }
}
