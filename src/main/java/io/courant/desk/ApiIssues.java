package io.courant.desk;

import io.courant.audience.Subscribers;
import io.courant.delivery.Approvals;
import io.courant.delivery.Approvals.Ruling;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Ledger;
import io.courant.issue.IssueId;
import io.courant.report.ApprovalView;
import io.courant.report.DeliveryView;
import io.courant.report.IssueView;
import io.courant.report.Reasons;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The frozen issues for programs: how each stands, and who let it go out. */
@RestController
@RequestMapping(ApiRights.ROOT + "/issues")
final class ApiIssues {
    private static final int MOST_ISSUES = 100;
    private static final int MOST_DELIVERIES = 1000;

    private final FrozenIssues issues;
    private final NamedIssues named;
    private final Ledger ledger;
    private final Approvals approvals;
    private final Subscribers subscribers;
    private final Api.Notes notes;
    private final InstantSource clock;

    ApiIssues(
            FrozenIssues issues,
            NamedIssues named,
            Ledger ledger,
            Approvals approvals,
            Subscribers subscribers,
            Api.Notes notes,
            InstantSource clock) {
        this.issues = issues;
        this.named = named;
        this.ledger = ledger;
        this.approvals = approvals;
        this.subscribers = subscribers;
        this.notes = notes;
        this.clock = clock;
    }

    /**
     * Some of the issues, the newest first.
     *
     * @param next null: there are no more; else 'before' of the next page
     */
    record IssuePage(List<IssueView> issues, @Nullable String next) {}

    /**
     * Some of the deliveries.
     *
     * @param next null: there are no more; else 'after' of the next page
     */
    record DeliveryPage(
            List<DeliveryView> deliveries, @Nullable Long next) {}

    /**
     * Somebody's word that an issue may go out.
     *
     * @param hash of what they saw
     * @param at before which sending does not begin; null: as soon as the grace period is over
     */
    record Assent(@Nullable String hash, @Nullable Instant at) {}

    @GetMapping
    IssuePage list(
            @RequestParam("newsletter") String newsletter,
            @RequestParam(name = "before", required = false) @Nullable String before,
            @RequestParam(name = "limit", defaultValue = "20") int limit) {
        int most = within(limit, MOST_ISSUES);
        List<IssueId> ids = issues.list(newsletter);
        int from = before == null ? 0 : ids.indexOf(new IssueId(before)) + 1;
        List<IssueId> page = ids.subList(from, Math.min(ids.size(), from + most));
        boolean more = from + page.size() < ids.size();
        return new IssuePage(
                page.stream().map(named::view).toList(),
                more ? page.get(page.size() - 1).value() : null);
    }

    private static int within(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException("limit: expected 1 to " + most + ", found " + limit);
        }
        return limit;
    }

    @GetMapping("/{issue}")
    IssueView one(@PathVariable("issue") String issue) {
        return named.view(named.id(issue));
    }

    @GetMapping("/{issue}/approval")
    ApprovalView approval(@PathVariable("issue") String issue) {
        IssueId id = named.id(issue);
        return ApprovalView.of(
                issues.headline(id).orElseThrow(),
                approvals.seal(id).orElseThrow().hash());
    }

    @GetMapping("/{issue}/deliveries")
    DeliveryPage deliveries(
            @PathVariable("issue") String issue,
            @RequestParam(name = "state", required = false) @Nullable String state,
            @RequestParam(name = "after", defaultValue = "0") long after,
            @RequestParam(name = "limit", defaultValue = "100") int limit) {
        IssueId id = named.id(issue);
        int most = within(limit, MOST_DELIVERIES);
        FrozenIssue frozen = issues.find(id).orElseThrow();
        Reasons reasons =
                new Reasons(subscribers, clock.instant(), frozen.imprint().zone());
        List<Ledger.Entry> found = ledger.page(id, state == null ? null : state(state), after, most);
        return new DeliveryPage(
                found.stream()
                        .map(entry -> DeliveryView.of(
                                entry,
                                frozen.imprint().messageId(id, entry.subscriber()),
                                reasons.of(entry).orElse(null)))
                        .toList(),
                found.size() < most ? null : found.get(found.size() - 1).subscriber());
    }

    private static DeliveryState state(String name) {
        return Arrays.stream(DeliveryState.values())
                .filter(state -> IssueView.name(state).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("state: expected one of "
                        + Arrays.stream(DeliveryState.values())
                                .map(IssueView::name)
                                .collect(Collectors.joining(", "))
                        + "; found " + name));
    }

    @PostMapping("/{issue}/approve")
    ApprovalView approve(HttpServletRequest request, @PathVariable("issue") String issue, @RequestBody Assent assent) {
        IssueId id = named.id(issue);
        Instant now = clock.instant();
        if (assent.hash() == null) {
            throw new IllegalArgumentException(
                    "hash: say what you approve; GET /api/v1/issues/" + id + "/approval shows it");
        }
        if (assent.at() != null && !assent.at().isAfter(now)) {
            throw new IllegalArgumentException("at: " + assent.at() + " has passed");
        }
        String by = ApiGate.required(request).editor().name();
        refuse(id, by, approvals.approve(id, new Approvals.Assent(by, now, assent.hash(), assent.at())));
        notes.gate().note(request, "approve", id.value(), "");
        return approval(issue);
    }

    /** Says why it was not approved, if it was not. */
    private static void refuse(IssueId id, String by, Ruling ruling) {
        if (ruling instanceof Ruling.Differs differs) {
            throw new Problems.Conflict(id + " is not what you saw: its hash is " + differs.hash()
                    + "; look at it again, and approve that");
        } else if (ruling instanceof Ruling.Twice) {
            throw new Problems.Conflict(by + " has approved " + id + " before; another person must do it this time");
        } else if (ruling instanceof Ruling.Moot moot) {
            throw new Problems.Conflict(id + " needs no approval: it is " + IssueView.words(moot.state()));
        }
    }

    @PostMapping("/{issue}/withdraw")
    ApprovalView withdraw(HttpServletRequest request, @PathVariable("issue") String issue) {
        IssueId id = named.id(issue);
        if (!approvals.withdraw(id, ApiGate.required(request).editor().name(), clock.instant())) {
            throw new Problems.Conflict(id + " has no approval to take back: it is "
                    + IssueView.words(issues.state(id).orElseThrow()));
        }
        notes.gate().note(request, "approve --withdraw", id.value(), "");
        return approval(issue);
    }
}
