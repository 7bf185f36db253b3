package io.courant.desk;

import io.courant.issue.Issue;
import io.courant.issue.Item;
import io.courant.issue.TopicSection;
import java.util.ArrayList;
import java.util.List;

/** What stands in a frozen issue, as a page lists it. */
final class Contents {
    private Contents() {}

    record Section(String title, List<Entry> items) {}

    /** @param link empty: it has none */
    record Entry(int number, String heading, String link, String source, String why) {}

    static List<Section> of(Issue issue) {
        List<Section> sections = new ArrayList<>();
        int number = 1;
        for (TopicSection section : issue.sections()) {
            sections.add(section(section.topic().title(), section.items(), number));
            number += section.items().size();
        }
        if (!issue.brief().isEmpty()) {
            sections.add(section("In brief", issue.brief(), number));
        }
        return sections;
    }

    private static Section section(String title, List<Item> items, int first) {
        List<Entry> entries = new ArrayList<>();
        for (Item item : items) {
            entries.add(new Entry(
                    first + entries.size(),
                    item.heading(),
                    item.link() == null ? "" : item.link().toString(),
                    item.source(),
                    item.why()));
        }
        return new Section(title, entries);
    }
}
