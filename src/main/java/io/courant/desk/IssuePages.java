package io.courant.desk;

import io.courant.audience.Subscribers;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.delivery.Ledger;
import io.courant.editor.Permission;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.issue.TopicSection;
import io.courant.job.Canceller;
import io.courant.job.HomeLock;
import io.courant.report.IssueReport;
import io.courant.report.Reasons;
import io.courant.report.Reporter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A frozen issue: what is in it and why, how far it has got, what was refused, and what can be done about it. */
@RestController
final class IssuePages {
    /** So many deliveries of a state are named; {@code courant who} names all. */
    private static final int NAMED = 200;

    private static final List<DeliveryState> TOLD =
            List.of(DeliveryState.REJECTED, DeliveryState.IN_DOUBT, DeliveryState.DEFERRED, DeliveryState.EXPIRED);

    private final Sheets sheets;
    private final Gate gate;
    private final FrozenIssues issues;
    private final Reporter reporter;
    private final Ledger ledger;
    private final Subscribers subscribers;
    private final Canceller canceller;
    private final Zones zones;
    private final InstantSource clock;

    IssuePages(
            Sheets sheets,
            Gate gate,
            FrozenIssues issues,
            Reporter reporter,
            Ledger ledger,
            Subscribers subscribers,
            Canceller canceller,
            Zones zones,
            InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.issues = issues;
        this.reporter = reporter;
        this.ledger = ledger;
        this.subscribers = subscribers;
        this.canceller = canceller;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * An issue as its page shows it.
     *
     * @param live whether it is worth listening how it gets on
     * @param actions what can be done now, by the last part of its address
     * @param troubles deliveries that did not simply go well; whom they are for is shown to those who may see subscribers
     */
    private record IssueSheet(
            String id,
            String newsletter,
            String subject,
            Shown state,
            String date,
            int variants,
            boolean live,
            Sent sent,
            List<String> actions,
            List<Kind> cameBack,
            List<Unread> unread,
            List<Section> sections,
            List<Trouble> troubles) {}

    private record Kind(String name, long count) {}

    private record Unread(String source, String why) {}

    private record Section(String title, List<Entry> items) {}

    private record Entry(int number, String heading, String link, String source, String why) {}

    private record Trouble(Shown state, long count, List<Named> named) {}

    private record Named(String address, int tries, String reason) {}

    @GetMapping("/i/{id}")
    ResponseEntity<String> issue(HttpServletRequest request, @PathVariable("id") String id) {
        IssueReport report = reporter.report(id(id)).orElseThrow();
        Headline issue = report.issue();
        return sheets.page(
                request,
                "issue",
                new IssueSheet(
                        issue.id().value(),
                        issue.newsletter(),
                        issue.subject(),
                        Shown.of(issue.state()),
                        Times.words(issue.date(), zones.of(issue.newsletter())),
                        issue.variants(),
                        !issue.state().isOver(),
                        Sent.of(report, null, clock.instant()),
                        actions(issue.state()),
                        report.cameBack().entrySet().stream()
                                .map(kind -> new Kind(kind.getKey().word(), kind.getValue()))
                                .toList(),
                        issue.unread().stream()
                                .map(problem -> new Unread(problem.where(), problem.what()))
                                .toList(),
                        sections(issues.issue(issue.id()).orElseThrow()),
                        troubles(report, gate.required(request).may(Permission.SEE_SUBSCRIBERS))));
    }

    private static List<String> actions(FrozenIssue.State state) {
        return switch (state) {
            case AWAITING_APPROVAL -> List.of("cancel");
            case APPROVED -> List.of("pause", "stop", "cancel");
            case PAUSED -> List.of("resume", "stop", "cancel");
            case STOPPED -> List.of("resume", "cancel");
            case FINISHED, CANCELLED -> List.of();
        };
    }

    private static List<Section> sections(Issue issue) {
        List<Section> sections = new ArrayList<>();
        int number = 1;
        for (TopicSection section : issue.sections()) {
            sections.add(section(section.topic().title(), section.items(), number));
            number += section.items().size();
        }
        if (!issue.brief().isEmpty()) {
            sections.add(section("In brief", issue.brief(), number));
        }
        return sections;
    }

    private static Section section(String title, List<Item> items, int first) {
        List<Entry> entries = new ArrayList<>();
        for (Item item : items) {
            entries.add(new Entry(
                    first + entries.size(),
                    item.heading(),
                    Links.web(item.link()),
                    item.source(),
                    item.why()));
        }
        return new Section(title, entries);
    }

    private List<Trouble> troubles(IssueReport report, boolean named) {
        List<Trouble> troubles = new ArrayList<>();
        for (DeliveryState state : TOLD) {
            long count = report.deliveries().of(state);
            if (count > 0) {
                troubles.add(new Trouble(
                        new Shown(Shown.words(state), state == DeliveryState.REJECTED ? "bad" : "warn"),
                        count,
                        named ? named(report.issue(), state) : List.of()));
            }
        }
        return troubles;
    }

    private List<Named> named(Headline issue, DeliveryState state) {
        Reasons reasons = new Reasons(subscribers, clock.instant(), zones.of(issue.newsletter()));
        List<Named> named = new ArrayList<>();
        ledger.forEach(issue.id(), state, entry -> {
            if (named.size() < NAMED) {
                named.add(new Named(
                        entry.shownAddress(), entry.tries(), reasons.of(entry).orElse("")));
            }
        });
        return named;
    }

    @PostMapping("/i/{id}/pause")
    ResponseEntity<Void> pause(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        return change(
                request, response, id, "pause", issues::pause, "Paused: within two seconds nothing more is sent.");
    }

    @PostMapping("/i/{id}/stop")
    ResponseEntity<Void> stop(HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        return change(
                request,
                response,
                id,
                "stop",
                issues::stop,
                "Stopped: what is in flight is finished and written down.");
    }

    @PostMapping("/i/{id}/resume")
    ResponseEntity<Void> resume(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        return change(request, response, id, "resume", issues::resume, "It goes on with the next run.");
    }

    private ResponseEntity<Void> change(
            HttpServletRequest request,
            HttpServletResponse response,
            String id,
            String what,
            Consumer<IssueId> change,
            String told) {
        IssueId issue = id(id);
        return sheets.after(request, response, "/i/" + issue, () -> {
            change.accept(issue);
            gate.note(request, what, issue.value(), "");
            return told;
        });
    }

    @PostMapping("/i/{id}/cancel")
    ResponseEntity<Void> cancel(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("id") String id) {
        IssueId issue = id(id);
        return sheets.after(request, response, "/i/" + issue, () -> {
            try {
                Canceller.Cancelled cancelled = canceller.cancel(issue);
                gate.note(request, "cancel", issue.value(), "");
                return cancelled.archive().orElse("Cancelled: whoever has not got it will not get it.");
            } catch (HomeLock.HeldException e) {
                throw new IllegalStateException("It is stopped, but not cancelled yet: " + e.getMessage(), e);
            }
        });
    }

    /** The id, if there is such an issue. */
    private IssueId id(String text) {
        IssueId id = new IssueId(text);
        return issues.state(id).map(state -> id).orElseThrow(() -> new NoSuchElementException("no issue " + id));
    }
}
