package io.courant.issue;

import io.courant.issue.Composition.Composed;
import io.courant.issue.Composition.Skipped;
import io.courant.issue.Issue.CarriedOver;
import io.courant.section.Topic;
import io.courant.section.Trend;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes an issue of what is new. The lead topic rises the most surely, or has the most posts; topics and their items stand best first, within
 * the newsletter's quotas; the unsorted and what does not fit go in brief; what is left is carried over by name. Each
 * candidate ends in exactly one of these places, and the order of the candidates given does not matter.
 */
public final class Composer {
    private static final Comparator<Candidate> NEWEST_FIRST =
            Comparator.comparing(Candidate::published).reversed().thenComparingLong(Candidate::section);

    /** Composes an issue. */
    public Composition compose(Draft draft) {
        return compose(draft, draft.newsletter().language());
    }

    /** Why each of the issue's items stands in it, in another language, by section. */
    public Map<Long, String> whys(Draft draft, Locale language) {
        return compose(draft, language) instanceof Composed composed
                ? composed.issue().items().stream().collect(Collectors.toMap(Item::section, Item::why))
                : Map.of();
    }

    private Composition compose(Draft draft, Locale language) {
        Newsletter newsletter = draft.newsletter();
        List<Candidate> candidates = draft.candidates();
        if (candidates.stream().allMatch(Candidate::waited)) {
            return new Skipped(nothingNew(newsletter, candidates.size(), draft.since()));
        }
        refuseRepeated(candidates);

        Teaser teaser = new Teaser(newsletter.language());
        Why why = new Why(language);
        BluePencil pencil = new BluePencil(draft.edits());
        List<Share> shares = new ArrayList<>();
        List<Entry> overflow = new ArrayList<>(unsorted(newsletter, candidates, why));
        int room = newsletter.quotas().items();
        Selection selection = new Selection(newsletter.quotas().perSource(), newsletter.language());
        for (Ranking ranking : rankings(newsletter, candidates, draft.trends())) {
            List<Candidate> taken = ranking.take(
                    Math.min(room, newsletter.quotas().of(ranking.topic().id())), selection);
            if (!taken.isEmpty()) {
                shares.add(new Share(ranking, taken));
            }
            room -= taken.size();
            ranking.without(taken).forEach(rest -> overflow.add(new Entry(rest, why.overflow(ranking, rest))));
        }

        Set<Candidate> fitting = Ranking.fair(
                overflow.stream().map(Entry::candidate).toList(),
                newsletter.quotas().brief());
        Copy copy = new Copy(pencil, teaser, why);
        List<TopicSection> sections = sections(shares, pencil, copy);
        List<Item> brief = pencil.items(
                overflow.stream()
                        .filter(entry -> fitting.contains(entry.candidate()))
                        .map(entry -> copy.item(entry.candidate(), entry.why()))
                        .toList(),
                Item::section);
        List<CarriedOver> carriedOver = overflow.stream()
                .filter(entry -> !fitting.contains(entry.candidate()))
                .map(entry -> new CarriedOver(
                        entry.candidate().section(), entry.candidate().heading()))
                .toList();
        if (sections.isEmpty() && brief.isEmpty()) {
            return new Skipped("the quotas leave no room for any of the new items (" + carriedOver.size()
                    + "); raise quotas.items, quotas.per-topic or quotas.brief in the job file");
        }
        return new Composed(told(draft, sections, brief, carriedOver).under(pencil.editorial()));
    }

    /** The issue, in which each post says once where else it is told. */
    private static Issue told(
            Draft draft, List<TopicSection> sections, List<Item> brief, List<CarriedOver> carriedOver) {
        Map<Long, Long> posts = new HashMap<>();
        draft.candidates().forEach(candidate -> posts.put(candidate.section(), candidate.postId()));
        Set<Long> told = new HashSet<>();
        List<TopicSection> once = new ArrayList<>();
        for (TopicSection section : sections) {
            once.add(new TopicSection(section.topic(), saidOnce(section.items(), posts, told), section.trend()));
        }
        Issue issue = new Issue(
                draft.id(),
                draft.newsletter().name(),
                draft.date(),
                once,
                saidOnce(brief, posts, told),
                carriedOver,
                List.of(),
                List.of());
        return issue.merging(draft.mergedInto(issue));
    }

    private static List<Item> saidOnce(List<Item> items, Map<Long, Long> posts, Set<Long> told) {
        List<Item> said = new ArrayList<>();
        for (Item item : items) {
            said.add(told.add(posts.get(item.section())) ? item : item.alone());
        }
        return said;
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

    private static List<Ranking> rankings(Newsletter newsletter, List<Candidate> candidates, List<Trend> trends) {
        return newsletter.topics().stream()
                .map(topic -> Ranking.of(topic, trend(topic, trends), candidates))
                .filter(ranking -> !ranking.isEmpty())
                .sorted(Ranking.LEAD_FIRST) // stable: equals stay in the order of the job file
                .toList();
    }

    private static @Nullable Trend trend(Topic topic, List<Trend> trends) {
        return trends.stream()
                .filter(trend -> trend.topic().equals(topic.id()))
                .findFirst()
                .orElse(null);
    }

    /** Newest first. A topic that has left the job file since the section was assigned counts as none. */
    private static List<Entry> unsorted(Newsletter newsletter, List<Candidate> candidates, Why why) {
        List<String> topics = newsletter.topics().stream().map(Topic::id).toList();
        List<Candidate> unsorted = candidates.stream()
                .filter(c -> topics.stream()
                        .noneMatch(topic -> Objects.equals(topic, c.assignment().topic())))
                .sorted(NEWEST_FIRST)
                .toList();
        return IntStream.range(0, unsorted.size())
                .mapToObj(i -> new Entry(unsorted.get(i), why.unsorted(unsorted.get(i), i + 1, unsorted.size())))
                .toList();
    }

    /** The candidates that a topic has places for, best first. */
    private record Share(Ranking ranking, List<Candidate> taken) {
        String topic() {
            return ranking.topic().id();
        }

        Share inOrder(BluePencil pencil) {
            return new Share(ranking, pencil.items(taken, Candidate::section));
        }
    }

    /** The shares as editors want them ordered; whatever stands first then is the lead. */
    private static List<TopicSection> sections(List<Share> shares, BluePencil pencil, Copy copy) {
        List<Share> ordered = pencil.topics(shares, Share::topic).stream()
                .map(share -> share.inOrder(pencil))
                .toList();
        List<TopicSection> sections = new ArrayList<>();
        for (Share share : ordered) {
            List<Item> items = new ArrayList<>();
            for (Candidate candidate : share.taken()) {
                boolean leads = sections.isEmpty() && items.isEmpty();
                boolean moved = leads && !candidate.equals(shares.get(0).taken().get(0));
                items.add(
                        leads
                                ? copy.lead(share.ranking(), candidate, moved)
                                : copy.taken(share.ranking(), share.taken(), candidate));
            }
            sections.add(new TopicSection(
                    share.ranking().topic(), items, share.ranking().trend()));
        }
        return sections;
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
