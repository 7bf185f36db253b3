package io.courant.section;

import java.util.List;

/**
 * A subject that a newsletter follows.
 *
 * @param id short and stable, as in the job file
 * @param title how readers see it
 * @param seeds the terms that speak for the topic
 * @param was ids of topics that it took the place of; readers may have chosen them
 */
public record Topic(String id, String title, List<Seed> seeds, List<String> was) {
    public Topic {
        seeds = List.copyOf(seeds);
        was = was == null ? List.of() : List.copyOf(was); // drafts that were frozen before there were these
    }

    /** A topic that took no other's place. */
    public Topic(String id, String title, List<Seed> seeds) {
        this(id, title, seeds, List.of());
    }

    /**
     * A term of a topic's seed query.
     *
     * @param term a word or a phrase; a phrase counts as one term
     * @param weight 1 to 3, where 3 marks an anchor term that can carry an assignment alone
     */
    public record Seed(String term, int weight) {
        /** The weight of an anchor term. */
        public static final int ANCHOR = 3;

        public Seed {
            if (weight < 1 || weight > ANCHOR) {
                throw new IllegalArgumentException(
                        "seed '" + term + "' has weight " + weight + " (expected 1 to " + ANCHOR + ")");
            }
        }

        /** Whether this term alone may carry an assignment. */
        public boolean isAnchor() {
            return weight == ANCHOR;
        }
    }
}
