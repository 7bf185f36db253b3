package io.courant.issue;

import io.courant.section.Assignment.Reason;
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
        return "Lead: " + ranking.topic().title() + " with " + counted(ranking.posts(), "post") + " from "
                + counted(ranking.sources(), "source") + because(candidate);
    }

    static String taken(Ranking ranking, List<Candidate> taken, Candidate candidate) {
        // A better match that was left out can only have been over its source's half.
        String loud = ranking.candidates().stream()
                .limit(ranking.place(candidate) - 1L)
                .filter(better -> !taken.contains(better))
                .map(Candidate::source)
                .distinct()
                .collect(Collectors.joining(" and "));
        return match(ranking, candidate) + (loud.isEmpty() ? "" : ", ahead of more from " + loud) + because(candidate);
    }

    static String overflow(Ranking ranking, Candidate candidate) {
        return match(ranking, candidate) + ", beyond what fits under the topic" + because(candidate);
    }

    static String unsorted(int place, int of) {
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
        candidate
                .assignment()
                .reasons()
                .forEach(r -> largest.putIfAbsent(r.term().toLowerCase(Locale.ROOT), r));
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
