package io.courant.issue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One dated number of a newsletter.
 *
 * @param sections by topic, the lead topic first; within it, the lead item first
 * @param brief items by title only
 * @param carriedOver what is new but did not fit; it stays new for the next issue
 */
public record Issue(
        IssueId id,
        String newsletter,
        Instant date,
        List<TopicSection> sections,
        List<Item> brief,
        List<CarriedOver> carriedOver) {
    public Issue {
        sections = List.copyOf(sections);
        brief = List.copyOf(brief);
        carriedOver = List.copyOf(carriedOver);
        if (sections.isEmpty() && brief.isEmpty()) {
            throw new IllegalArgumentException("issue " + id + " has no items");
        }
    }

    /** A kept section that waits for the next issue. */
    public record CarriedOver(long section, String heading) {}

    /** All items in the order in which they stand. */
    public List<Item> items() {
        return Stream.concat(sections.stream().flatMap(section -> section.items().stream()), brief.stream())
                .toList();
    }

    /** The item that the issue opens with. */
    public Item lead() {
        return items().get(0);
    }

    /** Names of the sources that the items come from, in the order of appearance. */
    public List<String> sources() {
        return items().stream().map(Item::source).distinct().toList();
    }

    /** How many posts the items are parts of. */
    public long posts() {
        return items().stream()
                .map(item -> item.source() + '\n' + item.post())
                .distinct()
                .count();
    }

    /** Time to read all that is linked under the topics. */
    public Duration reading() {
        return sections.stream()
                .flatMap(section -> section.items().stream())
                .map(Item::reading)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
