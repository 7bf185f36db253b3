package io.courant.issue;

import io.courant.section.Assignment.Reason;
import io.courant.section.Trend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in one plain sentence what brought an item to its place. */
final class Why {
    private static final int TERMS = 3;

    private Why() {}

    static String lead(Ranking ranking, Candidate candidate) {
        if (candidate.choice() == Choice.LEAD) {
            return "Lead: the editor’s choice for " + ranking.topic().title() + because(candidate);
        }
        Trend trend = ranking.trend();
        String reason = trend != null && ranking.headline().isPresent()
                ? (trend.label() == Trend.Label.NEW ? " is new" : " is rising") // the evidence stands beside it
                : " with " + counted(ranking.posts(), "post") + " from " + counted(ranking.sources(), "source");
        return "Lead: " + ranking.topic().title() + reason + because(candidate);
    }

    static String taken(Ranking ranking, List<Candidate> taken, Candidate candidate) {
        if (candidate.isPinned()) {
            return "Pinned by the editor. " + match(ranking, candidate) + because(candidate);
        }
        return match(ranking, candidate) + ahead(ranking, taken, candidate) + because(candidate);
    }

    /** What was left out although it matches better: it is over its source's half, or much like other items. */
    private static String ahead(Ranking ranking, List<Candidate> taken, Candidate candidate) {
        List<Candidate> better = ranking.candidates().stream()
                .limit(ranking.place(candidate) - 1L)
                .filter(one -> !taken.contains(one))
                .toList();
        String loud = better.stream()
                .map(Candidate::source)
                .filter(source -> !source.equals(candidate.source()))
                .distinct()
                .filter(source -> taken.stream()
                                .filter(one -> one.source().equals(source))
                                .count()
                        >= (taken.size() + 1) / 2)
                .collect(Collectors.joining(" and "));
        return !loud.isEmpty()
                ? ", ahead of more from " + loud
                : better.isEmpty() ? "" : ", ahead of what adds less to the issue";
    }

    static String overflow(Ranking ranking, Candidate candidate) {
        return match(ranking, candidate) + ", beyond what fits under the topic" + because(candidate);
    }

    static String unsorted(Candidate candidate, int place, int of) {
        if (candidate.isPinned()) {
            return "Pinned by the editor; no topic claimed it.";
        }
        String rank = of == 1
                ? "the only unsorted item"
                : place == 1
                        ? "newest of " + of + " unsorted items"
                        : "number " + place + " by date of " + of + " unsorted items";
        return "No topic claimed it; " + rank + ".";
    }

    private static String match(Ranking ranking, Candidate candidate) {
        int place = ranking.place(candidate);
        String rank = ranking.size() == 1
                ? "Only match"
                : place == 1 ? "Top match of " + ranking.size() : "Match " + place + " of " + ranking.size();
        return rank + " for " + ranking.topic().title();
    }

    private static String because(Candidate candidate) {
        Map<String, Reason> largest = new LinkedHashMap<>();
        candidate.assignment().reasons().stream()
                .filter(Reason::standsInText)
                .forEach(reason -> largest.putIfAbsent(reason.term().toLowerCase(Locale.ROOT), reason));
        String terms = largest.values().stream().limit(TERMS).map(Why::found).collect(Collectors.joining(", "));
        return terms.isEmpty() ? "." : ": " + terms + ".";
    }

    private static String found(Reason reason) {
        String quoted = "“" + reason.term() + "”";
        return switch (reason.field()) {
            case "title" -> quoted + " in the title";
            case "headings" -> quoted + " in a heading";
            default -> quoted;
        };
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
