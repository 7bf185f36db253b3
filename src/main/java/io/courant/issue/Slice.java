package io.courant.issue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Some of an issue's items, in the places where they stood. */
record Slice(List<TopicSection> sections, List<Item> brief) {
    Slice {
        sections = List.copyOf(sections);
        brief = List.copyOf(brief);
    }

    static Slice of(Issue issue, Predicate<Item> wanted) {
        List<TopicSection> sections = new ArrayList<>();
        for (TopicSection section : issue.sections()) {
            List<Item> items = section.items().stream().filter(wanted).toList();
            if (!items.isEmpty()) {
                sections.add(new TopicSection(section.topic(), items, section.trend()));
            }
        }
        return new Slice(sections, issue.brief().stream().filter(wanted).toList());
    }

    /** Only what an issue opens with shows more than its teaser. */
    static Slice opened(List<TopicSection> sections, List<Item> brief) {
        List<TopicSection> opened = new ArrayList<>();
        for (TopicSection section : sections) {
            boolean leads = opened.isEmpty();
            List<Item> items = new ArrayList<>();
            for (Item item : section.items()) {
                items.add(leads && items.isEmpty() ? item : item.opening(""));
            }
            opened.add(new TopicSection(section.topic(), items, section.trend()));
        }
        return new Slice(opened, brief.stream().map(item -> item.opening("")).toList());
    }

    boolean isEmpty() {
        return sections.isEmpty() && brief.isEmpty();
    }

    /** An issue of these items and no other, of which nothing waits for the next. */
    Issue issue(IssueId id, String newsletter, Instant date) {
        return new Issue(id, newsletter, date, sections, brief, List.of(), List.of(), List.of());
    }
}
