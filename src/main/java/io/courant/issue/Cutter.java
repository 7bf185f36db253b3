package io.courant.issue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cuts editions from issues of a newsletter: the items of all, each once as the newest issue has it, numbered from the
 * newest issue's first.
 */
final class Cutter {
    private final Newsletter newsletter;
    private final List<Issue> issues;
    private final List<Item> items = new ArrayList<>();
    private final Map<Long, Integer> places = new HashMap<>();
    private final List<Integer> ends = new ArrayList<>();
    private final Map<String, BitSet> byTopic = new HashMap<>();

    /** @param issues newest first */
    Cutter(Newsletter newsletter, List<Issue> issues) {
        this.newsletter = newsletter;
        this.issues = issues;
        for (Issue issue : issues) {
            issue.items().forEach(this::add);
            ends.add(items.size());
        }
    }

    private void add(Item item) {
        if (places.putIfAbsent(item.section(), items.size()) == null) {
            for (String topic : newsletter.followed(Set.copyOf(item.assignment().topics()))) {
                byTopic.computeIfAbsent(topic, key -> new BitSet()).set(items.size());
            }
            items.add(item);
        }
    }

    /** The items of the newest issues under any of the topics; without topics, all. The caller owns the answer. */
    BitSet items(int newest, Set<String> topics) {
        int end = newest == 0 ? 0 : ends.get(newest - 1);
        BitSet all = new BitSet();
        all.set(0, end);
        if (topics.isEmpty()) {
            return all;
        }
        BitSet wanted = new BitSet();
        topics.forEach(topic -> wanted.or(byTopic.getOrDefault(topic, new BitSet())));
        wanted.and(all);
        return wanted;
    }

    OptionalInt place(long section) {
        Integer place = places.get(section);
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }

    /** How many issues, newest first, the items reach back. */
    int depth(BitSet some) {
        int depth = 1;
        while (ends.get(depth - 1) < some.length()) {
            depth++;
        }
        return depth;
    }

    /** The date of the issue before those, or of the oldest of them if none is known. */
    Instant before(int depth) {
        return issues.get(Math.min(depth, issues.size() - 1)).date();
    }

    List<Long> sections(BitSet some) {
        return some.stream().mapToObj(place -> items.get(place).section()).toList();
    }

    Set<Long> sections(int newest) {
        return items.subList(0, newest == 0 ? 0 : ends.get(newest - 1)).stream()
                .map(Item::section)
                .collect(Collectors.toSet());
    }

    /** Titles of those of the topics that the items have, in the newsletter's order. */
    List<String> titles(BitSet some, Set<String> topics) {
        return newsletter.topics().stream()
                .filter(topic -> topics.contains(topic.id())
                        && byTopic.getOrDefault(topic.id(), new BitSet()).intersects(some))
                .map(topic -> topic.title())
                .toList();
    }

    /** An issue of these items: as they stood in the one that they are of, or else within the newsletter's quotas. */
    Issue cut(Collection<Long> sections, IssueId id, Instant date) {
        Issue cut = pieces(sections, id, date);
        Issue newest = issues.get(0);
        return newest.id().equals(id) ? cut.cutFrom(newest) : cut;
    }

    private Issue pieces(Collection<Long> sections, IssueId id, Instant date) {
        Set<Long> wanted = new HashSet<>(sections);
        List<Issue> from = new ArrayList<>();
        Set<Long> told = new HashSet<>();
        List<Slice> slices = new ArrayList<>();
        for (Issue issue : issues) {
            Slice slice = Slice.of(issue, item -> wanted.contains(item.section()) && told.add(item.section()));
            if (!slice.isEmpty()) {
                from.add(issue);
                slices.add(slice);
            }
        }
        if (from.size() == 1) {
            Issue only = from.get(0);
            boolean whole =
                    only.id().equals(id) && wanted.size() == only.items().size();
            return whole ? only : slices.get(0).issue(id, newsletter.name(), date);
        }
        return merged(slices, id, date);
    }

    /** What stood first under its topic comes first, of equals the newest; what does not fit any more goes in brief. */
    private Issue merged(List<Slice> slices, IssueId id, Instant date) {
        Map<String, List<Placed>> byTitle = new LinkedHashMap<>();
        Map<String, TopicSection> newest = new HashMap<>();
        for (Slice slice : slices) {
            for (TopicSection section : slice.sections()) {
                String topic = newsletter
                        .followed(Set.of(section.topic().id()))
                        .iterator()
                        .next();
                newest.putIfAbsent(topic, section);
                List<Placed> placed = byTitle.computeIfAbsent(topic, key -> new ArrayList<>());
                for (int place = 0; place < section.items().size(); place++) {
                    placed.add(new Placed(section.items().get(place), place));
                }
            }
        }
        List<TopicSection> sections = new ArrayList<>();
        List<Item> brief = new ArrayList<>();
        int room = newsletter.quotas().items();
        for (Map.Entry<String, List<Placed>> topic : byTitle.entrySet()) {
            List<Item> ranked = topic.getValue().stream()
                    .sorted(Comparator.comparingInt(Placed::place)) // stable: of equals, the newest come first
                    .map(Placed::item)
                    .toList();
            int taken =
                    Math.min(ranked.size(), Math.min(room, newsletter.quotas().of(topic.getKey())));
            TopicSection head = newest.get(topic.getKey());
            if (taken > 0 && head != null) {
                sections.add(new TopicSection(head.topic(), ranked.subList(0, taken), head.trend()));
            }
            brief.addAll(ranked.subList(taken, ranked.size()));
            room -= taken;
        }
        slices.forEach(slice -> brief.addAll(slice.brief()));
        return Slice.opened(sections, brief)
                .issue(id, newsletter.name(), date)
                .keeping(newsletter.quotas().brief());
    }

    /** An item and how many stand before it under its topic. */
    private record Placed(Item item, int place) {}
}
