package io.courant.desk;

import io.courant.audience.Subscribers;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.Headline;
import io.courant.delivery.Ledger;
import io.courant.report.IssueReport;
import io.courant.report.Reasons;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Deliveries that did not simply go well: how many, what relays said, and whom they are for. */
@Component
final class Failing {
    /** So many deliveries of a state are named; {@code courant who} names all. */
    private static final int NAMED = 200;

    private static final int REASONS = 12;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@:;,]+@[^\\s<>@:;,]+");
    private static final List<DeliveryState> TOLD =
            List.of(DeliveryState.REJECTED, DeliveryState.IN_DOUBT, DeliveryState.DEFERRED, DeliveryState.EXPIRED);

    private final Ledger ledger;
    private final Subscribers subscribers;
    private final Zones zones;
    private final InstantSource clock;

    Failing(Ledger ledger, Subscribers subscribers, Zones zones, InstantSource clock) {
        this.ledger = ledger;
        this.subscribers = subscribers;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * The deliveries of a state.
     *
     * @param retry the state's name if it can be tried again; else empty
     * @param reasons what relays said, the most frequent first; no address stands in it
     * @param others how many deliveries have other reasons
     */
    record Group(Shown state, long count, String retry, List<Reason> reasons, long others, List<Named> named) {}

    record Reason(String words, long count) {}

    record Named(String address, int tries, String reason) {}

    /** @param named whether to tell whom they are for */
    List<Group> of(IssueReport report, boolean named) {
        List<Group> groups = new ArrayList<>();
        for (DeliveryState state : TOLD) {
            if (report.deliveries().of(state) > 0) {
                groups.add(group(report, state, named));
            }
        }
        return groups;
    }

    private Group group(IssueReport report, DeliveryState state, boolean isNamed) {
        Headline issue = report.issue();
        Reasons reasons = new Reasons(subscribers, clock.instant(), zones.of(issue.newsletter()));
        Map<String, Long> counts = new LinkedHashMap<>();
        List<Named> named = new ArrayList<>();
        ledger.forEach(issue.id(), state, entry -> {
            counts.merge(said(entry), 1L, Long::sum);
            if (isNamed && named.size() < NAMED) {
                named.add(new Named(
                        entry.shownAddress(), entry.tries(), reasons.of(entry).orElse("")));
            }
        });
        List<Reason> most = counts.entrySet().stream()
                .map(said -> new Reason(said.getKey(), said.getValue()))
                .sorted(Comparator.comparingLong(Reason::count).reversed())
                .limit(REASONS)
                .toList();
        long count = report.deliveries().of(state);
        return new Group(
                new Shown(Shown.words(state), state == DeliveryState.REJECTED ? "bad" : "warn"),
                count,
                mayRetry(issue.state(), state) ? state.name() : "",
                most,
                counts.values().stream().mapToLong(Long::longValue).sum()
                        - most.stream().mapToLong(Reason::count).sum(),
                named);
    }

    private static boolean mayRetry(FrozenIssue.State issue, DeliveryState state) {
        return state.isFailed() && issue != FrozenIssue.State.CANCELLED && issue != FrozenIssue.State.AWAITING_APPROVAL;
    }

    /** The last word of a relay, alike for all to whom it said the same. */
    private static String said(Ledger.Entry entry) {
        return entry.attempts().stream()
                .filter(attempt -> attempt.outcome() != DeliveryState.EXPIRED)
                .reduce((earlier, later) -> later)
                .map(attempt -> ADDRESS.matcher(attempt.reply()).replaceAll("…"))
                .orElse("no relay said why");
    }
}
