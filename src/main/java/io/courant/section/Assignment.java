package io.courant.section;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The topic that a section was assigned to, and why.
 *
 * @param topic {@link Topic#id()}, or {@code null} when no topic convinced: the section is unsorted
 * @param score how much speaks for the topic: {@link TopicModel} says what it is made of; 0 when none convinced
 * @param reasons the summands of the score, largest first; they add up to it
 * @param also further topics that convinced, best first
 */
public record Assignment(@Nullable String topic, double score, List<Reason> reasons, List<String> also) {
    /** What an unsorted section shows in place of a topic. */
    public static final String UNSORTED_LABEL = "unsorted";

    /** What the word of an editor counts: as much as a clear match. */
    private static final double EDITORS_WORD = 3;

    /** No topic convinced. */
    public static final Assignment UNSORTED = new Assignment(null, 0, List.of());

    public Assignment {
        reasons = List.copyOf(reasons);
        also = also == null ? List.of() : List.copyOf(also); // as frozen before sections could have several topics
    }

    /** A section of one topic. */
    public Assignment(@Nullable String topic, double score, List<Reason> reasons) {
        this(topic, score, reasons, List.of());
    }

    /** What an editor said, the main topic first; without a topic the section is unsorted. */
    public static Assignment byEditor(List<String> topics) {
        return new Assignment(
                topics.isEmpty() ? null : topics.get(0),
                EDITORS_WORD,
                List.of(new Reason("an editor's word", Reason.EDITOR, 0, EDITORS_WORD)),
                topics.isEmpty() ? List.of() : topics.subList(1, topics.size()));
    }

    /** Topic id, or {@value #UNSORTED_LABEL}. */
    public String label() {
        return topic == null ? UNSORTED_LABEL : topic;
    }

    /** All its topics, the main one first; none for an unsorted section. */
    public List<String> topics() {
        return topic == null
                ? List.of()
                : Stream.concat(Stream.of(topic), also.stream()).toList();
    }

    /** Whether an editor assigned it. */
    public boolean isByEditor() {
        return reasons.stream().anyMatch(reason -> reason.field().equals(Reason.EDITOR));
    }

    /**
     * One summand of a score.
     *
     * @param term a seed term as the job file writes it, a word of the text, or the heading of an earlier section
     * @param field where it was found: {@code title}, {@code headings}, {@code body}; {@code words} for what the topic's
     *     sections are made of as a rule, {@code other words} for the rest of them in one; {@code votes} for an earlier section that reads alike; {@code archive} for what
     *     the topic has in any section
     * @param times how often it stands there; 0 where that says nothing
     * @param weight what it contributed
     */
    public record Reason(String term, String field, int times, double weight) {
        static final String VOTES = "votes";
        static final String WORDS = "words";
        static final String REST = "other words";
        static final String ARCHIVE = "archive";
        static final String EDITOR = "editor";

        /** A seed term that stands once in a field. */
        public Reason(String term, String field, double weight) {
            this(term, field, 1, weight);
        }

        /** Whether this is a seed term that stands in the text. */
        public boolean standsInText() {
            return !List.of(VOTES, WORDS, REST, ARCHIVE, EDITOR).contains(field);
        }

        /** The reason in words, without its weight. */
        public String words() {
            return switch (field) {
                case VOTES -> "like “" + term + "”";
                case WORDS -> "the word “" + term + "”";
                case ARCHIVE -> "less what any section has of the topic";
                case REST, EDITOR -> term;
                default -> term + " in the " + field + (times > 1 ? ", " + times + " times" : "");
            };
        }
    }
}
