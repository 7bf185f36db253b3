package io.courant.section;

import java.util.Map;
import java.util.TreeMap;

/**
 * The posts of one week by topic and source. A post may have several topics or none, so the topics need not add up to
 * the posts; but no topic has more posts than there were.
 *
 * @param byTopic topic id, then source, then how many posts; what has no posts is left out
 */
public record Week(int posts, Map<String, Map<String, Integer>> byTopic) {
    public Week {
        if (posts < 0) {
            throw new IllegalArgumentException("a week cannot have " + posts + " posts");
        }
        Map<String, Map<String, Integer>> copies = new TreeMap<>();
        for (Map.Entry<String, Map<String, Integer>> topic : byTopic.entrySet()) {
            Map<String, Integer> sources = Map.copyOf(topic.getValue());
            int ofTopic = 0;
            for (int count : sources.values()) {
                if (count < 1) {
                    throw new IllegalArgumentException("topic '" + topic.getKey() + "' has a source with " + count
                            + " posts in a week (leave out what has none)");
                }
                ofTopic += count;
            }
            if (ofTopic > posts) {
                throw new IllegalArgumentException("topic '" + topic.getKey() + "' has " + ofTopic
                        + " posts in a week of " + posts + " (count a post once)");
            }
            copies.put(topic.getKey(), sources);
        }
        byTopic = Map.copyOf(copies);
    }

    /** How many posts of the week have a topic. */
    public int posts(String topic) {
        return byTopic.getOrDefault(topic, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
