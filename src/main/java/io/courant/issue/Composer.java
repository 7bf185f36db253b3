package io.courant.issue;

import io.courant.issue.Composition.Composed;
import io.courant.issue.Composition.Skipped;
import io.courant.issue.Issue.CarriedOver;
import io.courant.section.Topic;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes an issue of what is new. The lead topic has the most posts; topics and their items stand best first, within
 * the newsletter's quotas; the unsorted and what does not fit go in brief; what is left is carried over by name. Each
 * candidate ends in exactly one of these places, and the order of the candidates given does not matter.
 */
public final class Composer {
    private static final Comparator<Candidate> NEWEST_FIRST =
            Comparator.comparing(Candidate::published).reversed().thenComparingLong(Candidate::section);

    /**
     * Composes an issue.
     *
     * @param candidates all that is new to the newsletter, each section once
     * @param since date of the newsletter's last issue, if there is one; named when nothing is new
     */
    public Composition compose(
            Newsletter newsletter, List<Candidate> candidates, IssueId id, Instant date, @Nullable Instant since) {
        if (candidates.stream().allMatch(Candidate::waited)) {
            return new Skipped(nothingNew(newsletter, candidates.size(), since));
        }
        refuseRepeated(candidates);

        Teaser teaser = new Teaser(newsletter.language());
        List<TopicSection> sections = new ArrayList<>();
        List<Entry> overflow = new ArrayList<>(unsorted(newsletter, candidates));
        int room = newsletter.quotas().items();
        for (Ranking ranking : rankings(newsletter, candidates)) {
            List<Candidate> taken = ranking.take(
                    Math.min(room, newsletter.quotas().of(ranking.topic().id())));
            if (!taken.isEmpty()) {
                boolean lead = sections.isEmpty();
                sections.add(section(ranking, taken, lead, teaser));
            }
            room -= taken.size();
            ranking.without(taken).forEach(rest -> overflow.add(new Entry(rest, Why.overflow(ranking, rest))));
        }

        Set<Candidate> fitting = Ranking.fair(
                overflow.stream().map(Entry::candidate).toList(),
                newsletter.quotas().brief());
        List<Item> brief = overflow.stream()
                .filter(entry -> fitting.contains(entry.candidate()))
                .map(entry -> item(entry.candidate(), entry.why(), teaser))
                .toList();
        List<CarriedOver> carriedOver = overflow.stream()
                .filter(entry -> !fitting.contains(entry.candidate()))
                .map(entry -> new CarriedOver(
                        entry.candidate().section(), entry.candidate().heading()))
                .toList();
        if (sections.isEmpty() && brief.isEmpty()) {
            return new Skipped("the quotas leave no room for any of the new items (" + carriedOver.size()
                    + "); raise quotas.items, quotas.per-topic or quotas.brief in the job file");
        }
        return new Composed(new Issue(id, newsletter.name(), date, sections, brief, carriedOver, List.of()));
    }

    /** What waits goes out beside something new, so that calling a second time on one day makes no second issue. */
    private static String nothingNew(Newsletter newsletter, int waiting, @Nullable Instant since) {
        String left = switch (waiting) {
            case 0 -> "";
            case 1 -> "; 1 item carried over waits for the next issue";
            default -> "; " + waiting + " items carried over wait for the next issue";
        };
        return "no new posts" + (since == null ? "" : " since " + LocalDate.ofInstant(since, newsletter.zone())) + left;
    }

    /** A candidate that found no place under a topic, with the reason. */
    private record Entry(Candidate candidate, String why) {}

    private static List<Ranking> rankings(Newsletter newsletter, List<Candidate> candidates) {
        return newsletter.topics().stream()
                .map(topic -> Ranking.of(topic, candidates))
                .filter(ranking -> !ranking.isEmpty())
                .sorted(Ranking.LEAD_FIRST) // stable: equals stay in the order of the job file
                .toList();
    }

    /** Newest first. A topic that has left the job file since the section was assigned counts as none. */
    private static List<Entry> unsorted(Newsletter newsletter, List<Candidate> candidates) {
        List<String> topics = newsletter.topics().stream().map(Topic::id).toList();
        List<Candidate> unsorted = candidates.stream()
                .filter(c -> topics.stream()
                        .noneMatch(topic -> Objects.equals(topic, c.assignment().topic())))
                .sorted(NEWEST_FIRST)
                .toList();
        return IntStream.range(0, unsorted.size())
                .mapToObj(i -> new Entry(unsorted.get(i), Why.unsorted(i + 1, unsorted.size())))
                .toList();
    }

    private static TopicSection section(Ranking ranking, List<Candidate> taken, boolean leads, Teaser teaser) {
        Stream<Item> items = taken.stream().map(candidate -> {
            boolean lead = leads && candidate.equals(taken.get(0));
            return item(candidate, lead ? Why.lead(ranking, candidate) : Why.taken(ranking, taken, candidate), teaser);
        });
        return new TopicSection(ranking.topic(), items.toList());
    }

    private static Item item(Candidate candidate, String why, Teaser teaser) {
        boolean titleOnly = candidate.text().strip().equals(candidate.heading());
        return new Item(
                candidate.section(),
                candidate.heading(),
                candidate.post(),
                candidate.link(),
                candidate.source(),
                candidate.published(),
                titleOnly ? "" : teaser.of(candidate.text()),
                ReadingTime.of(candidate.text()),
                candidate.assignment(),
                why,
                candidate.updated(),
                candidate.also());
    }

    private static void refuseRepeated(List<Candidate> candidates) {
        Set<Long> seen = new HashSet<>();
        for (Candidate candidate : candidates) {
            if (!seen.add(candidate.section())) {
                throw new IllegalArgumentException("section " + candidate.section() + " ('" + candidate.heading()
                        + "') is a candidate twice; an issue holds it once");
            }
        }
    }
}
