package io.courant.job;

import io.courant.issue.Choice;
import io.courant.issue.NewSections;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import io.courant.render.Nearest;
import io.courant.section.Assigner;
import io.courant.section.Assignment;
import io.courant.section.Assignments;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What editors want of single items: that one is in the next issue or in none, and what it is about. A wish that cannot
 * come true is refused with an {@link IllegalArgumentException} that says why; one that can stands until it is taken back.
 */
public final class Wishes {
    private final NewSections newSections;
    private final Assigner assigner;
    private final Assignments assignments;

    public Wishes(NewSections newSections, Assigner assigner, Assignments assignments) {
        this.newSections = newSections;
        this.assigner = assigner;
        this.assignments = assignments;
    }

    /** What became of an item so far. */
    public Fate item(Newsletter newsletter, long section, Instant now) {
        return newSections.fates(newsletter, now, Instant.EPOCH).stream()
                .filter(fate -> fate.section() == section)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        newsletter.name() + " has no item " + section + "; its sources gave none of that number"));
    }

    /** Lets an item lead the next issue, be in it, or be in none. */
    public void choose(Newsletter newsletter, Fate item, Choice choice, Instant now) {
        if (item.state() != Fate.State.NEW && item.state() != Fate.State.CARRIED_OVER) {
            throw new IllegalArgumentException(named(item) + " is "
                    + item.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + (item.issue() == null ? "" : ", " + item.issue())
                    + (item.reason().isEmpty() ? "" : ": " + item.reason())
                    + "; only what is new or carried over can be pinned or dropped");
        }
        if (choice == Choice.LEAD && assignment(newsletter, item).topic() == null) {
            throw new IllegalArgumentException(named(item)
                    + " has no topic, and an issue opens with a topic; say first what it is about ('courant assign "
                    + newsletter.name() + " " + item.section() + " TOPIC')");
        }
        newSections.choose(newsletter, item.section(), choice, now);
    }

    private Assignment assignment(Newsletter newsletter, Fate item) {
        return assigner.of(newsletter.beat(), List.of(item.section()))
                .getOrDefault(item.section(), Assignment.UNSORTED);
    }

    /**
     * Takes a choice back.
     *
     * @param participle what the item is after such a choice, as in {@code pinned}
     */
    public void unchoose(Newsletter newsletter, Fate item, Collection<Choice> choices, String participle) {
        if (!newSections.unchoose(newsletter, item.section(), choices)) {
            throw new IllegalArgumentException(named(item) + " is not " + participle);
        }
    }

    /**
     * Says what an item is about.
     *
     * @param topics ids, the main one first, or {@value Assignment#UNSORTED_LABEL} alone
     * @return the topics that it has now; none if it is about none of them
     */
    public List<String> assign(Newsletter newsletter, Fate item, List<String> topics, Instant now) {
        List<String> checked = checked(newsletter, topics);
        assignments.correct(newsletter.beat(), item.section(), checked, now);
        return checked;
    }

    private static List<String> checked(Newsletter newsletter, List<String> topics) {
        List<String> ids = newsletter.beat().taxonomy().ids();
        if (topics.equals(List.of(Assignment.UNSORTED_LABEL))) {
            return List.of();
        }
        if (topics.isEmpty()) {
            throw new IllegalArgumentException(
                    "say which topics it is about: " + String.join(", ", ids) + ", or " + Assignment.UNSORTED_LABEL);
        }
        if (newsletter.exclusive() && topics.size() > 1) {
            throw new IllegalArgumentException(
                    "the topics of " + newsletter.name() + " exclude each other (exclusive-topics); name one");
        }
        for (String topic : topics) {
            if (!ids.contains(topic)) {
                throw new IllegalArgumentException("no topic '" + topic + "'" + Nearest.hint(topic, ids)
                        + "; the topics of " + newsletter.name() + " are " + String.join(", ", ids));
            }
        }
        return topics.stream().distinct().toList();
    }

    /** Lets an item's topics be found as if nobody had said anything. */
    public void withdraw(Newsletter newsletter, Fate item) {
        if (!assignments.withdraw(newsletter.beat(), item.section())) {
            throw new IllegalArgumentException("nobody has said what " + named(item) + " is about");
        }
    }

    private static String named(Fate item) {
        return item.section() + " (" + item.heading() + ")";
    }
}
