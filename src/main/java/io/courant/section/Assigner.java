package io.courant.section;

import io.courant.section.SectionedPosts.KeptSection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
        int[] count = {0};
        assignMissing(beat, assigned -> {
            assignments.keep(beat, assigned);
            count[0] += assigned.size();
        });
        return count[0];
    }

    /** The assignments of these sections, those that have none yet included; keeps nothing. */
    public Map<Long, Assignment> of(Beat beat, Collection<Long> sections) {
        Map<Long, Assignment> found = new HashMap<>(assignments.of(beat, sections));
        if (!found.keySet().containsAll(sections)) {
            Set<Long> wanted = new HashSet<>(sections);
            assignMissing(
                    beat,
                    assigned -> assigned.forEach((section, assignment) -> {
                        if (wanted.contains(section)) {
                            found.put(section, assignment);
                        }
                    }));
        }
        return found;
    }

    /**
     * Where the topics go, in the order of the taxonomy and in its language, by what is assigned.
     *
     * @param untold ids of posts that do not count, since they tell what others tell
     * @param today the last day that counts
     */
    public List<Trend> trends(Beat beat, Collection<Long> untold, LocalDate today, ZoneId zone) {
        return Trending.of(
                beat.taxonomy().ids(),
                assignments.weeks(beat, untold, today, zone),
                beat.taxonomy().language());
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
        Map<Long, Set<String>> now = new HashMap<>(); // by post
        Map<Long, Set<String>> before = new HashMap<>();
        for (KeptSection section : archive) {
            boolean counts = assigned.getOrDefault(section.id(), Assignment.UNSORTED)
                            .topics()
                            .contains(trend.topic())
                    && section.published().isBefore(end);
            if (counts) {
                Map<Long, Set<String>> time = section.published().isBefore(start) ? before : now;
                time.computeIfAbsent(section.post(), post -> new HashSet<>()).addAll(phrases.of(section.section()));
            }
        }
        Map<String, Integer> inWindow = Phrases.counted(now.values());
        inWindow.values().removeIf(count -> count < 2); // what stands in one post alone is that post's
        return RisingWords.of(inWindow, Phrases.counted(before.values()), limit).stream()
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

    /** @param done takes the assignments, some thousands at a time */
    private void assignMissing(Beat beat, Consumer<Map<Long, Assignment>> done) {
        List<Long> missing = assignments.missing(beat);
        if (missing.isEmpty()) {
            return;
        }
        List<KeptSection> archive = posts.sections(beat.sources());
        Set<Long> recent = new HashSet<>(ids(archive));
        List<Long> older =
                missing.stream().filter(section -> !recent.contains(section)).toList();
        int parts = (older.size() + TOGETHER - 1) / TOGETHER; // of one size, so that none is too small to judge by
        for (int part = 0; part < parts; part++) {
            List<Long> some = older.subList(
                    (int) ((long) older.size() * part / parts), (int) ((long) older.size() * (part + 1) / parts));
            done.accept(assigned(beat.taxonomy(), posts.sectionsOf(some), Map.of()));
        }
        if (missing.size() > older.size()) {
            done.accept(assigned(beat.taxonomy(), archive, assignments.of(beat, ids(archive))));
        }
    }

    private static List<Long> ids(List<KeptSection> sections) {
        return sections.stream().map(KeptSection::id).toList();
    }

    /** The assignments of those sections that are not known. */
    private static Map<Long, Assignment> assigned(
            Taxonomy taxonomy, List<KeptSection> sections, Map<Long, Assignment> known) {
        List<KeptSection> archive = sections.stream().sorted(OLDEST_FIRST).toList();
        Map<Integer, List<String>> told = new HashMap<>();
        for (int i = 0; i < archive.size(); i++) {
            Assignment before = known.get(archive.get(i).id());
            if (before != null && before.isByEditor()) {
                told.put(i, before.topics());
            }
        }
        TopicModel model = new TopicModel(
                taxonomy, archive.stream().map(KeptSection::section).toList(), told);
        Map<Long, Assignment> assigned = new LinkedHashMap<>();
        for (int i = 0; i < archive.size(); i++) {
            Assignment assignment = known.get(archive.get(i).id());
            if (assignment == null) {
                assignment = model.assign(i);
                assigned.put(archive.get(i).id(), assignment);
            }
            if (assignment.topic() != null) { // what convinced no topic may be of one that has no good seeds yet
                model.vote(i, assignment.topics(), false);
            }
        }
        return assigned;
    }
}
