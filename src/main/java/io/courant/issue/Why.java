package io.courant.issue;

import io.courant.section.Assignment.Reason;
import io.courant.section.Trend;
import io.courant.words.Phrasebook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in one plain sentence what brought an item to its place. */
final class Why {
    private static final int TERMS = 3;

    private final Phrasebook phrases;

    /** @param language that it is said in */
    Why(Locale language) {
        phrases = Phrasebook.of(language);
    }

    /** @param moved whether an editor has put it there */
    String lead(Ranking ranking, Candidate candidate, boolean moved) {
        String topic = ranking.topic().title();
        if (moved || candidate.choice() == Choice.LEAD) {
            return because(phrases.say("why.chosen", topic), candidate);
        }
        Trend trend = ranking.trend();
        if (trend != null && ranking.headline().isPresent()) { // the evidence stands beside it
            return because(phrases.say(trend.label() == Trend.Label.NEW ? "why.new" : "why.rising", topic), candidate);
        }
        String posts = phrases.say("posts", ranking.posts());
        return because(phrases.say("why.most", topic, posts, phrases.say("sources", ranking.sources())), candidate);
    }

    String taken(Ranking ranking, List<Candidate> taken, Candidate candidate) {
        String match = match(ranking, candidate);
        return because(
                candidate.isPinned() ? phrases.say("why.pinned", match) : ahead(match, ranking, taken, candidate),
                candidate);
    }

    /** Adds what was left out although it matches better: it is over its source's half, or much like other items. */
    private String ahead(String match, Ranking ranking, List<Candidate> taken, Candidate candidate) {
        List<Candidate> better = ranking.candidates().stream()
                .limit(ranking.place(candidate) - 1L)
                .filter(one -> !taken.contains(one))
                .toList();
        if (better.isEmpty()) {
            return match;
        }
        return better.stream()
                .map(Candidate::source)
                .filter(source -> !source.equals(candidate.source()))
                .distinct()
                .filter(source -> taken.stream()
                                .filter(one -> one.source().equals(source))
                                .count()
                        >= (taken.size() + 1) / 2)
                .reduce((one, other) -> phrases.say("and", one, other))
                .map(loud -> phrases.say("why.ahead-of-source", match, loud))
                .orElseGet(() -> phrases.say("why.ahead", match));
    }

    String overflow(Ranking ranking, Candidate candidate) {
        return because(phrases.say("why.overflow", match(ranking, candidate)), candidate);
    }

    String unsorted(Candidate candidate, int place, int of) {
        if (candidate.isPinned()) {
            return phrases.say("why.pinned-unsorted");
        }
        return of == 1
                ? phrases.say("why.unsorted-only")
                : place == 1 ? phrases.say("why.unsorted-newest", of) : phrases.say("why.unsorted", place, of);
    }

    private String match(Ranking ranking, Candidate candidate) {
        int place = ranking.place(candidate);
        String topic = ranking.topic().title();
        return ranking.size() == 1
                ? phrases.say("why.only", topic)
                : place == 1
                        ? phrases.say("why.top", ranking.size(), topic)
                        : phrases.say("why.match", place, ranking.size(), topic);
    }

    private String because(String said, Candidate candidate) {
        Map<String, Reason> largest = new LinkedHashMap<>();
        candidate.assignment().reasons().stream()
                .filter(Reason::standsInText)
                .forEach(reason -> largest.putIfAbsent(reason.term().toLowerCase(Locale.ROOT), reason));
        String terms = largest.values().stream().limit(TERMS).map(this::found).collect(Collectors.joining(", "));
        return terms.isEmpty() ? phrases.say("why.no-terms", said) : phrases.say("why.terms", said, terms);
    }

    private String found(Reason reason) {
        return switch (reason.field()) {
            case "title" -> phrases.say("why.term-in-title", reason.term());
            case "headings" -> phrases.say("why.term-in-heading", reason.term());
            default -> phrases.say("why.term", reason.term());
        };
    }
}
