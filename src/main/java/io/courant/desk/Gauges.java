package io.courant.desk;

import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.delivery.Ledger;
import io.courant.issue.DueTime;
import io.courant.issue.DueTimes;
import io.courant.issue.IssueId;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import io.courant.job.SourceView;
import io.courant.post.Sources;
import io.courant.report.IssueView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The figures that a chart of Courant is drawn from, as of the moment that they are asked for. None names anybody. */
final class Gauges {
    private static final Set<DueTime.Result> WELL =
            Set.of(DueTime.Result.ISSUED, DueTime.Result.NOTHING, DueTime.Result.WAITING);

    private final FrozenIssues issues;
    private final Ledger ledger;
    private final DueTimes dueTimes;
    private final JobFolder jobs;
    private final Sources sources;
    private final InstantSource clock;
    /** What does not change any more need not be counted each time. */
    private final Map<IssueId, Map<DeliveryState, Long>> over = new ConcurrentHashMap<>();

    Gauges(
            FrozenIssues issues,
            Ledger ledger,
            DueTimes dueTimes,
            JobFolder jobs,
            Sources sources,
            InstantSource clock) {
        this.issues = issues;
        this.ledger = ledger;
        this.dueTimes = dueTimes;
        this.jobs = jobs;
        this.sources = sources;
        this.clock = clock;
    }

    /**
     * A figure.
     *
     * @param labels names and values, one after the other
     */
    record Figure(List<String> labels, double value) {
        Figure {
            labels = List.copyOf(labels);
        }
    }

    /** All figures, by a look at every issue. */
    record Look(
            List<Figure> issues,
            List<Figure> deliveries,
            List<Figure> messages,
            List<Figure> lastSuccess,
            List<Figure> failingSources) {}

    Look look() {
        List<Figure> states = new ArrayList<>();
        List<Figure> deliveries = new ArrayList<>();
        List<Figure> messages = new ArrayList<>();
        for (String newsletter : issues.newsletters()) {
            Map<FrozenIssue.State, Long> byState = new LinkedHashMap<>();
            Map<DeliveryState, Long> sent = new LinkedHashMap<>();
            for (IssueId issue : issues.list(newsletter)) {
                FrozenIssue.State state = issues.state(issue).orElseThrow();
                byState.merge(state, 1L, Long::sum);
                Map<DeliveryState, Long> counts = counts(issue, state);
                counts.forEach((delivery, count) -> sent.merge(delivery, count, Long::sum));
                if (!state.isOver()) {
                    for (DeliveryState delivery : DeliveryState.values()) {
                        deliveries.add(new Figure(
                                List.of("issue", issue.value(), "state", IssueView.name(delivery)),
                                counts.getOrDefault(delivery, 0L)));
                    }
                }
            }
            for (FrozenIssue.State state : FrozenIssue.State.values()) {
                states.add(new Figure(
                        List.of("newsletter", newsletter, "state", IssueView.name(state)),
                        byState.getOrDefault(state, 0L)));
            }
            for (DeliveryState outcome : DeliveryState.values()) {
                if (outcome.isFinal()) {
                    messages.add(new Figure(
                            List.of("newsletter", newsletter, "outcome", IssueView.name(outcome)),
                            sent.getOrDefault(outcome, 0L)));
                }
            }
        }
        return new Look(states, deliveries, messages, lastSuccess(), failing());
    }

    private Map<DeliveryState, Long> counts(IssueId issue, FrozenIssue.State state) {
        return state.isOver() ? over.computeIfAbsent(issue, ledger::counts) : ledger.counts(issue);
    }

    private List<Figure> lastSuccess() {
        List<Figure> figures = new ArrayList<>();
        for (String name : jobs.names()) {
            Optional<Instant> due = dueTimes.last(name)
                    .filter(time -> WELL.contains(time.result()))
                    .map(DueTime::beganAt);
            Optional<Instant> made = issues.latest(name).map(Headline::date);
            due.filter(at -> made.map(at::isAfter).orElse(true))
                    .or(() -> made)
                    .ifPresent(at -> figures.add(new Figure(List.of("newsletter", name), at.toEpochMilli() / 1000.0)));
        }
        return figures;
    }

    private List<Figure> failing() {
        List<Figure> figures = new ArrayList<>();
        for (String name : jobs.names()) {
            try {
                long failing = SourceView.of(List.of(name), jobs, sources, clock.instant()).stream()
                        .filter(source ->
                                source.failures() > 0 || !source.state().equals("active"))
                        .count();
                figures.add(new Figure(List.of("newsletter", name), failing));
            } catch (JobFileException e) {
                // /health/ready says what is wrong with it
            }
        }
        return figures;
    }
}
