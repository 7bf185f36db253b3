package io.courant.issue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One dated number of a newsletter.
 *
 * @param sections by topic, the lead topic first; within it, the lead item first
 * @param brief items by title only
 * @param carriedOver what is new but did not fit; it stays new for the next issue
 * @param merged posts that tell a story which a post of this or an earlier issue tells
 * @param beyond sections of items that the HTML leaves out for its size: they stand in the text and on the web, and are
 *     carried over, too
 * @param editorial what an editor says of it as a whole
 */
public record Issue(
        IssueId id,
        String newsletter,
        Instant date,
        List<TopicSection> sections,
        List<Item> brief,
        List<CarriedOver> carriedOver,
        List<Merged> merged,
        List<Long> beyond,
        Editorial editorial) {
    public Issue {
        sections = List.copyOf(sections);
        brief = List.copyOf(brief);
        carriedOver = List.copyOf(carriedOver);
        merged = merged == null ? List.of() : List.copyOf(merged); // issues that were frozen before stories were merged
        beyond = beyond == null ? List.of() : List.copyOf(beyond); // and before the HTML left anything out
        editorial = editorial == null ? Editorial.NONE : editorial; // and before editors said anything
        if (sections.isEmpty() && brief.isEmpty()) {
            throw new IllegalArgumentException("issue " + id + " has no items");
        }
    }

    /** An issue of which no editor has said anything. */
    public Issue(
            IssueId id,
            String newsletter,
            Instant date,
            List<TopicSection> sections,
            List<Item> brief,
            List<CarriedOver> carriedOver,
            List<Merged> merged,
            List<Long> beyond) {
        this(id, newsletter, date, sections, brief, carriedOver, merged, beyond, Editorial.NONE);
    }

    /** A kept section that waits for the next issue. */
    public record CarriedOver(long section, String heading) {}

    /**
     * A kept post that is no item of its own.
     *
     * @param post id of the kept post
     * @param into the post that tells its story
     * @param why in words, what shows that it is the same
     */
    public record Merged(long post, long into, String why) {}

    /** The same issue with other items under its topics. */
    Issue with(List<TopicSection> others) {
        return new Issue(id, newsletter, date, others, brief, carriedOver, merged, beyond, editorial);
    }

    /** The same issue, into which other posts were merged. */
    public Issue merging(List<Merged> others) {
        return new Issue(id, newsletter, date, sections, brief, carriedOver, others, beyond, editorial);
    }

    /** The same issue, of which an editor says this. */
    public Issue under(Editorial other) {
        return new Issue(id, newsletter, date, sections, brief, carriedOver, merged, beyond, other);
    }

    /** What an editor says of an issue is for all who get something of it; a subject is for those who get its lead. */
    Issue cutFrom(Issue whole) {
        Set<Long> told = whole.items().stream().map(Item::section).collect(Collectors.toSet());
        if (items().stream().noneMatch(item -> told.contains(item.section()))) {
            return this;
        }
        boolean leads = lead().section() == whole.lead().section();
        return under(leads ? whole.editorial() : whole.editorial().introducing());
    }

    /** The same issue, whose HTML leaves these of its items out. */
    public Issue leavingOut(List<Item> items) {
        List<CarriedOver> waiting = Stream.concat(
                        carriedOver.stream(),
                        items.stream().map(item -> new CarriedOver(item.section(), item.heading())))
                .toList();
        return new Issue(
                id,
                newsletter,
                date,
                sections,
                brief,
                waiting,
                merged,
                Stream.concat(beyond.stream(), items.stream().map(Item::section))
                        .toList(),
                editorial);
    }

    /** The same issue, of whose brief items the HTML shows so many. */
    Issue keeping(int briefItems) {
        List<Long> more = brief.stream().skip(briefItems).map(Item::section).toList();
        return new Issue(id, newsletter, date, sections, brief, carriedOver, merged, more, editorial);
    }

    /** The same issue, which says in other words why its items stand in it. */
    public Issue saying(Map<Long, String> whys) {
        return each(item -> item.because(whys.getOrDefault(item.section(), item.why())));
    }

    /** The same issue, whose items lead elsewhere. */
    public Issue linking(UnaryOperator<URI> elsewhere) {
        return each(item -> item.linking(elsewhere));
    }

    private Issue each(UnaryOperator<Item> change) {
        List<TopicSection> changed = sections.stream()
                .map(section -> new TopicSection(
                        section.topic(), section.items().stream().map(change).toList(), section.trend()))
                .toList();
        return new Issue(
                id,
                newsletter,
                date,
                changed,
                brief.stream().map(change).toList(),
                carriedOver,
                merged,
                beyond,
                editorial);
    }

    /** Whether the HTML leaves the item out for its size. */
    public boolean isBeyond(Item item) {
        return beyond.contains(item.section());
    }

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
