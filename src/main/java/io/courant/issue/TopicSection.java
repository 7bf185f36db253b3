package io.courant.issue;

import io.courant.section.Topic;
import io.courant.section.Trend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items of an issue under one topic, best first; never empty.
 *
 * @param trend where the topic goes, if that was looked at
 */
public record TopicSection(
        Topic topic, List<Item> items, @Nullable Trend trend) {
    public TopicSection {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("section '" + topic.id() + "' of an issue has no items");
        }
    }

    /** A section without a word about where its topic goes. */
    public TopicSection(Topic topic, List<Item> items) {
        this(topic, items, null);
    }
}
