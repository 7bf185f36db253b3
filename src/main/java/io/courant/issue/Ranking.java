package io.courant.issue;

import io.courant.section.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The candidates of one topic, best first. */
record Ranking(Topic topic, List<Candidate> candidates) {
    /** The lead has the most posts, then the most sources, then the best single match. */
    static final Comparator<Ranking> LEAD_FIRST = Comparator.comparingLong(Ranking::posts)
            .thenComparingLong(Ranking::sources)
            .thenComparingDouble(Ranking::topScore)
            .reversed();

    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingDouble(
                    (Candidate candidate) -> candidate.assignment().score())
            .thenComparing(Candidate::published)
            .reversed()
            .thenComparing(Candidate::source)
            .thenComparingLong(Candidate::section);

    Ranking {
        candidates = List.copyOf(candidates);
    }

    static Ranking of(Topic topic, List<Candidate> candidates) {
        return new Ranking(
                topic,
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

    /**
     * The best candidates for at most so many places. As long as another source has something to say, no source gets
     * more than half of what is taken, rounded up: a feed that posts daily would bury one that posts monthly.
     */
    List<Candidate> take(int places) {
        int size = Math.min(Math.max(places, 0), candidates.size());
        while (true) {
            List<Candidate> taken = take(size, sources() == 1 ? size : (size + 1) / 2);
            if (taken.size() == size) {
                return taken;
            }
            size = taken.size(); // the others cannot fill their half, so the half of fewer items counts
        }
    }

    /**
     * Those of these that get one of so many places. The first come first, but no source gets more than half of the
     * places before all others had their turn.
     */
    static Set<Candidate> fair(List<Candidate> candidates, int places) {
        Set<Candidate> fair = new HashSet<>();
        Map<String, Integer> bySource = new HashMap<>();
        for (Candidate candidate : candidates) {
            if (fair.size() < places && bySource.getOrDefault(candidate.source(), 0) < (places + 1) / 2) {
                fair.add(candidate);
                bySource.merge(candidate.source(), 1, Integer::sum);
            }
        }
        candidates.stream()
                .filter(candidate -> !fair.contains(candidate))
                .limit(places - fair.size())
                .toList()
                .forEach(fair::add);
        return fair;
    }

    List<Candidate> without(List<Candidate> taken) {
        return candidates.stream()
                .filter(candidate -> !taken.contains(candidate))
                .toList();
    }

    private List<Candidate> take(int size, int perSource) {
        List<Candidate> taken = new ArrayList<>();
        Map<String, Integer> bySource = new HashMap<>();
        for (Candidate candidate : candidates) {
            if (taken.size() < size && bySource.getOrDefault(candidate.source(), 0) < perSource) {
                taken.add(candidate);
                bySource.merge(candidate.source(), 1, Integer::sum);
            }
        }
        return taken;
    }
}
