package io.courant.issue;

import io.courant.section.Topic;
import java.util.List;

/** The items of an issue under one topic, best first; never empty. */
public record TopicSection(Topic topic, List<Item> items) {
    public TopicSection {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("section '" + topic.id() + "' of an issue has no items");
        }
    }
}
