package io.courant.issue;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one or more tellings tell.
 *
 * @param first key of the telling to show
 * @param others where else it is told, the preferred sources first
 */
record Story(String first, List<Also> others) {
    public Story {
        others = List.copyOf(others);
    }

    /** All its tellings, the first first. */
    public List<String> keys() {
        return Stream.concat(Stream.of(first), others.stream().map(Also::key)).toList();
    }

    /**
     * Another telling and why it is one.
     *
     * @param like key of the telling of this story that it was compared with, not always the first
     */
    public record Also(String key, String like, Sameness why) {}
}
