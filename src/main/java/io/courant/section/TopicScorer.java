package io.courant.section;

import java.util.Comparator;
import java.util.List;

/**
 * Assigns sections to topics by the topics' seed terms, and says why. The same section, topics and background always
 * give the same answer; of equal scores the smaller topic id wins.
 */
public final class TopicScorer {
    /** How many standard deviations a score must lie above the topic's usual one, once the archive is large enough. */
    public static final double LEAST_Z = 1.5;

    private static final Comparator<Assignment> BEST_FIRST =
            Comparator.comparingDouble(Assignment::score).reversed().thenComparing(Assignment::label);

    private final Background background;
    private final List<Scored> queries;

    /**
     * Makes a scorer.
     *
     * @param background made of the same topics
     */
    public TopicScorer(List<Topic> topics, Background background) {
        this.background = background;
        this.queries = topics.stream()
                .map(topic -> new Scored(topic.id(), new SeedQuery(topic, background)))
                .toList();
    }

    private record Scored(String topic, SeedQuery query) {}

    /**
     * The best topic that convinces, else {@link Assignment#UNSORTED}. A topic convinces with one anchor term or two
     * different terms, and in an archive of {@value Background#ENOUGH} sections or more with a score well above its
     * usual one.
     */
    public Assignment assign(Section section) {
        Terms.Counts counts = background.terms().count(section);
        return queries.stream()
                .filter(scored -> scored.query().isCarried(counts))
                .map(scored -> scored.query().assignment(counts))
                .filter(found -> background.z(found.label(), found.score()).orElse(LEAST_Z) >= LEAST_Z)
                .min(BEST_FIRST)
                .orElse(Assignment.UNSORTED);
    }

    /** Every topic with its score, best first, whether it convinces or not: for seeing why a section went elsewhere. */
    public List<Assignment> scores(Section section) {
        Terms.Counts counts = background.terms().count(section);
        return queries.stream()
                .map(scored -> scored.query().assignment(counts))
                .sorted(BEST_FIRST)
                .toList();
    }
}
