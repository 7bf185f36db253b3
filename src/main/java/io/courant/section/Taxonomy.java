package io.courant.section;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The topics of a newsletter and how they relate.
 *
 * @param exclusive whether a post is about one topic and no other, as in the departments of a newspaper
 * @param language what the posts are written in, as a rule
 */
public record Taxonomy(List<Topic> topics, boolean exclusive, Locale language) {
    /** Raised when the same topics are assigned otherwise than before. */
    private static final int WAY = 1;

    public Taxonomy {
        topics = List.copyOf(topics);
    }

    /** Topics that may overlap, for posts in English. */
    public static Taxonomy of(List<Topic> topics) {
        return new Taxonomy(topics, false, Locale.ENGLISH);
    }

    /**
     * Names these topics and this way of assigning: two taxonomies that could assign anything differently have different
     * schemes.
     */
    public String scheme() {
        try {
            byte[] whole = (WAY + "\n" + exclusive + "\n" + language.toLanguageTag() + "\n" + spelled())
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Seeds that can never be found, since they have nothing but words that every text has. */
    public List<String> silentSeeds() {
        Lexicon lexicon = new Lexicon(this);
        return topics.stream()
                .flatMap(topic -> topic.seeds().stream())
                .map(Topic.Seed::term)
                .filter(term -> lexicon.term(term).isEmpty())
                .toList();
    }

    /** What decides about assignments: the ids and seeds of the topics, not their titles. */
    private String spelled() {
        StringBuilder spelled = new StringBuilder();
        for (Topic topic : topics) {
            spelled.append(topic.id()).append('\n');
            topic.seeds()
                    .forEach(seed -> spelled.append('\t')
                            .append(seed.term())
                            .append('\t')
                            .append(seed.weight())
                            .append('\n'));
        }
        return spelled.toString();
    }

    /** The ids of the topics, in the order of the job file. */
    public List<String> ids() {
        return topics.stream().map(Topic::id).toList();
    }
}
