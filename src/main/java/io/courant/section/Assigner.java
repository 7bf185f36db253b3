package io.courant.section;

import io.courant.section.SectionedPosts.KeptSection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Assigns the sections that a newsletter's sources gave to its topics, in the order in which they came out. */
public final class Assigner {
    private static final Comparator<KeptSection> OLDEST_FIRST =
            Comparator.comparing(KeptSection::published).thenComparing(KeptSection::id);
    /** Older sections than the archive holds are assigned among themselves, so many at a time. */
    private static final int TOGETHER = 5_000;

    private final SectionedPosts posts;
    private final Assignments assignments;

    public Assigner(SectionedPosts posts, Assignments assignments) {
        this.posts = posts;
        this.assignments = assignments;
    }

    /** Assigns what has no assignment yet, and keeps it. Returns how many sections that were. */
    public int assign(Beat beat) {
        Map<Long, Assignment> assigned = assigned(beat);
        if (!assigned.isEmpty()) {
            assignments.keep(beat, assigned);
        }
        return assigned.size();
    }

    /** The assignments of these sections, those that have none yet included; keeps nothing. */
    public Map<Long, Assignment> of(Beat beat, Collection<Long> sections) {
        Map<Long, Assignment> found = new HashMap<>(assignments.of(beat, sections));
        if (!found.keySet().containsAll(sections)) {
            Map<Long, Assignment> assigned = assigned(beat);
            sections.forEach(
                    section -> found.computeIfAbsent(section, id -> assigned.getOrDefault(id, Assignment.UNSORTED)));
        }
        return found;
    }

    /**
     * Where the topics go, in the order of the taxonomy, by what is assigned.
     *
     * @param today the last day that counts
     */
    public List<Trend> trends(Beat beat, LocalDate today, ZoneId zone) {
        return Trending.of(beat.taxonomy().ids(), assignments.weeks(beat, today, zone));
    }

    /** The words and phrases that the posts of a moving topic use more than before, those that rise most first. */
    public List<Rising> rising(Beat beat, Trend trend, LocalDate today, ZoneId zone, int limit) {
        Finding finding = trend.finding();
        if (finding == null) {
            return List.of();
        }
        Instant end = today.plusDays(1).atStartOfDay(zone).toInstant();
        Instant start =
                today.plusDays(1).minusWeeks(finding.weeks()).atStartOfDay(zone).toInstant();
        List<KeptSection> archive = posts.sections(beat.sources());
        Map<Long, Assignment> assigned = assignments.of(beat, ids(archive));
        Phrases phrases = new Phrases(beat.taxonomy().language());
        Map<String, Integer> now = new HashMap<>();
        Map<String, Integer> before = new HashMap<>();
        for (KeptSection section : archive) {
            boolean counts = assigned.getOrDefault(section.id(), Assignment.UNSORTED)
                            .topics()
                            .contains(trend.topic())
                    && section.published().isBefore(end);
            if (counts) {
                Map<String, Integer> time = section.published().isBefore(start) ? before : now;
                phrases.of(section.section()).forEach(phrase -> time.merge(phrase, 1, Integer::sum));
            }
        }
        now.values().removeIf(count -> count < 2); // what stands in one post alone is that post's
        return RisingWords.of(now, before, limit).stream()
                .map(word -> new Rising(phrases.shown(word.words()), word.count(), word.before(), word.z()))
                .toList();
    }

    /** Topics that the newsletter might have: what it left unsorted and reads alike, the largest group first. */
    public List<TopicSuggestion> suggestions(Beat beat, int limit) {
        List<KeptSection> archive = posts.sections(beat.sources());
        Map<Long, Assignment> assigned = of(beat, ids(archive));
        Map<Boolean, List<KeptSection>> bySorted = archive.stream()
                .collect(Collectors.partitioningBy(section ->
                        assigned.getOrDefault(section.id(), Assignment.UNSORTED).topic() != null));
        return TopicSuggestion.of(
                bySorted.getOrDefault(false, List.of()),
                bySorted.getOrDefault(true, List.of()),
                beat.taxonomy(),
                limit);
    }

    private Map<Long, Assignment> assigned(Beat beat) {
        List<KeptSection> missing = assignments.missing(beat);
        Map<Long, Assignment> assigned = new LinkedHashMap<>();
        if (missing.isEmpty()) {
            return assigned;
        }
        List<KeptSection> archive =
                posts.sections(beat.sources()).stream().sorted(OLDEST_FIRST).toList();
        Set<Long> recent = new HashSet<>(ids(archive));
        List<KeptSection> older = missing.stream()
                .filter(section -> !recent.contains(section.id()))
                .toList();
        for (int start = 0; start < older.size(); start += TOGETHER) {
            List<KeptSection> some = older.subList(start, Math.min(older.size(), start + TOGETHER));
            assign(beat.taxonomy(), some, Map.of(), assigned);
        }
        assign(beat.taxonomy(), archive, assignments.of(beat, ids(archive)), assigned);
        return assigned;
    }

    private static List<Long> ids(List<KeptSection> sections) {
        return sections.stream().map(KeptSection::id).toList();
    }

    private static void assign(
            Taxonomy taxonomy, List<KeptSection> archive, Map<Long, Assignment> known, Map<Long, Assignment> assigned) {
        List<Section> sections = new ArrayList<>();
        Map<Integer, List<String>> told = new HashMap<>();
        for (KeptSection kept : archive) {
            Assignment before = known.get(kept.id());
            if (before != null && before.isByEditor()) {
                told.put(sections.size(), before.topics());
            }
            sections.add(kept.section());
        }
        TopicModel model = new TopicModel(taxonomy, sections, told);
        for (int i = 0; i < archive.size(); i++) {
            Assignment assignment = known.get(archive.get(i).id());
            if (assignment == null) {
                assignment = model.assign(i);
                assigned.put(archive.get(i).id(), assignment);
            }
            if (assignment.topic() != null) { // what convinced no topic may be of one that has no good seeds yet
                model.vote(i, assignment.topics());
            }
        }
    }
}
