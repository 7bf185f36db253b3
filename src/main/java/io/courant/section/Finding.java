package io.courant.section;

/**
 * How a topic's share of the posts in the last weeks compares with its history before them.
 *
 * @param weeks how long the window is that tells most clearly: 4, 8 or 13
 * @param posts the topic's posts in the window
 * @param of all posts in the window
 * @param expected how many posts of the topic its history lets expect among so many
 * @param ratio posts by expected: above 1 for a rise, below for a decline
 * @param sources how many sources the topic's posts in the window come from
 * @param p probability of so many posts (of so few, in a decline) if nothing has changed; times three for three windows
 * @param headline whether the evidence is strong enough to be announced: a false discovery rate of 5% rather than 10%
 */
public record Finding(
        int weeks, int posts, int of, double expected, double ratio, int sources, double p, boolean headline) {
    public Finding {
        if (weeks < 1 || posts < 0 || of < posts || sources < 0 || sources > posts) {
            throw new IllegalArgumentException(
                    posts + " of " + of + " posts from " + sources + " sources in " + weeks + " weeks cannot be");
        }
        if (!(expected > 0 && ratio >= 0 && p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("expected " + expected + ", ratio " + ratio + ", p " + p
                    + " cannot be (wanted expected > 0, ratio >= 0, 0 <= p <= 1)");
        }
    }
}
