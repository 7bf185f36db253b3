package io.courant.section;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The topic that a section was assigned to, and why.
 *
 * @param topic {@link Topic#id()}, or {@code null} when no topic convinced: the section is unsorted
 * @param score the topic's BM25F score; 0 for an unsorted section
 * @param reasons the summands of the score, largest first; they add up to it
 */
public record Assignment(@Nullable String topic, double score, List<Reason> reasons) {
    /** What an unsorted section shows in place of a topic. */
    public static final String UNSORTED_LABEL = "unsorted";

    /** No topic convinced. */
    public static final Assignment UNSORTED = new Assignment(null, 0, List.of());

    public Assignment {
        reasons = List.copyOf(reasons);
    }

    /** Topic id, or {@value #UNSORTED_LABEL}. */
    public String label() {
        return topic == null ? UNSORTED_LABEL : topic;
    }

    /**
     * One summand of a score.
     *
     * @param term the seed term as the job file writes it
     * @param field where it was found: {@code title}, {@code headings} or {@code body}
     * @param weight what it contributed
     */
    public record Reason(String term, String field, double weight) {}
}
