package io.courant.issue;

import io.courant.section.Finding;
import io.courant.section.Topic;
import io.courant.section.Trend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of one topic, best first.
 *
 * @param trend where the topic goes, if that is known
 */
record Ranking(Topic topic, @Nullable Trend trend, List<Candidate> candidates) {
    /**
     * The lead is what an editor wants, else the topic whose rise is the surest, else the one with the most posts, then
     * the most sources, then the best single match.
     */
    static final Comparator<Ranking> LEAD_FIRST = Comparator.comparing(Ranking::isWanted)
            .reversed()
            .thenComparingDouble(Ranking::doubt)
            .thenComparing(Comparator.comparingLong(Ranking::posts)
                    .thenComparingLong(Ranking::sources)
                    .thenComparingDouble(Ranking::topScore)
                    .reversed());

    /** A candidate behind so many others has no place to win. */
    private static final int POOL = 60;

    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingDouble(
                    (Candidate candidate) -> candidate.assignment().score())
            .thenComparing(Candidate::published)
            .reversed()
            .thenComparing(Candidate::source)
            .thenComparingLong(Candidate::section);

    Ranking {
        candidates = List.copyOf(candidates);
    }

    static Ranking of(Topic topic, @Nullable Trend trend, List<Candidate> candidates) {
        return new Ranking(
                topic,
                trend,
                candidates.stream()
                        .filter(candidate ->
                                topic.id().equals(candidate.assignment().topic()))
                        .sorted(BEST_FIRST)
                        .toList());
    }

    boolean isEmpty() {
        return candidates.isEmpty();
    }

    int size() {
        return candidates.size();
    }

    /** 1 for the best. */
    int place(Candidate candidate) {
        return Collections.binarySearch(candidates, candidate, BEST_FIRST) + 1;
    }

    long posts() {
        return candidates.stream()
                .map(candidate -> candidate.source() + '\n' + candidate.post())
                .distinct()
                .count();
    }

    long sources() {
        return candidates.stream().map(Candidate::source).distinct().count();
    }

    private double topScore() {
        return candidates.get(0).assignment().score();
    }

    private boolean isWanted() {
        return candidates.stream().anyMatch(candidate -> candidate.choice() == Choice.LEAD);
    }

    /** The figures of a rise that is so sure that it may be a headline. */
    Optional<Finding> headline() {
        return Optional.ofNullable(trend)
                .filter(rise -> rise.label() == Trend.Label.NEW || rise.label() == Trend.Label.RISING)
                .map(Trend::finding)
                .filter(Finding::headline);
    }

    private double doubt() {
        return headline().map(Finding::p).orElse(1.0);
    }

    /**
     * The best candidates for at most so many places, and whatever an editor has pinned. Of what is much the same the
     * second comes later. As long as another source has something to say, no source gets more than half of what is taken,
     * rounded up: a feed that posts daily would bury one that posts monthly.
     */
    List<Candidate> take(int places, Selection selection) {
        int size = Math.max(pinned().size(), Math.min(Math.max(places, 0), candidates.size()));
        while (true) {
            List<Candidate> taken = take(size, sources() == 1 ? size : (size + 1) / 2, selection);
            if (taken.size() == size) {
                taken.forEach(selection::add);
                return taken;
            }
            size = taken.size(); // the others cannot fill their half, so the half of fewer items counts
        }
    }

    private List<Candidate> pinned() {
        return candidates.stream()
                .filter(Candidate::isPinned)
                .sorted(Comparator.comparing(Candidate::choice)) // stable: the lead, then the others best first
                .toList();
    }

    private List<Candidate> take(int size, int half, Selection selection) {
        List<Candidate> taken = new ArrayList<>(pinned());
        Map<String, Integer> bySource = new HashMap<>();
        taken.forEach(candidate -> bySource.merge(candidate.source(), 1, Integer::sum));
        List<Candidate> left = new ArrayList<>(without(taken));
        while (taken.size() < size) {
            Candidate best = null;
            double most = Double.NEGATIVE_INFINITY;
            int looked = 0;
            for (Candidate candidate : left) {
                int has = bySource.getOrDefault(candidate.source(), 0);
                if (has < half && has < selection.room(candidate.source()) && looked++ < POOL) {
                    double value = selection.value(candidate, relevance(candidate), taken);
                    if (value > most) {
                        most = value;
                        best = candidate;
                    }
                }
            }
            if (best == null) {
                return taken;
            }
            taken.add(best);
            left.remove(best);
            bySource.merge(best.source(), 1, Integer::sum);
        }
        return taken;
    }

    /** From 0 to 1. */
    private double relevance(Candidate candidate) {
        return topScore() <= 0 ? 1 : Math.max(0, candidate.assignment().score() / topScore());
    }

    /**
     * Those of these that get one of so many places. The first come first, but no source gets more than half of the
     * places before all others had their turn.
     */
    static Set<Candidate> fair(List<Candidate> candidates, int places) {
        Set<Candidate> fair = new HashSet<>();
        candidates.stream().filter(Candidate::isPinned).forEach(fair::add);
        Map<String, Integer> bySource = new HashMap<>();
        for (Candidate candidate : candidates) {
            if (!fair.contains(candidate)
                    && fair.size() < places
                    && bySource.getOrDefault(candidate.source(), 0) < (places + 1) / 2) {
                fair.add(candidate);
                bySource.merge(candidate.source(), 1, Integer::sum);
            }
        }
        candidates.stream()
                .filter(candidate -> !fair.contains(candidate))
                .limit(Math.max(0, places - fair.size()))
                .toList()
                .forEach(fair::add);
        return fair;
    }

    List<Candidate> without(List<Candidate> taken) {
        return candidates.stream()
                .filter(candidate -> !taken.contains(candidate))
                .toList();
    }
}
