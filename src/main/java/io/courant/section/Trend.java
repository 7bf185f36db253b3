package io.courant.section;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a topic goes, and what says so.
 *
 * @param topic {@link Topic#id()}
 * @param evidence one sentence in plain words, without a full stop
 * @param finding the figures behind a label that says the topic moves; {@code null} for the others
 * @param shares the topic's share of the posts in each of the last weeks, oldest first
 * @param counts the topic's posts in the same weeks
 */
public record Trend(
        String topic,
        Label label,
        String evidence,
        @Nullable Finding finding,
        List<Double> shares,
        List<Integer> counts) {
    /** How many weeks are shown where the history is long enough. */
    public static final int WEEKS_SHOWN = 26;

    public Trend {
        shares = List.copyOf(shares);
        counts = List.copyOf(counts);
        if (label.isMove() != (finding != null)) {
            throw new IllegalArgumentException(
                    "topic '" + topic + "' is " + label + " with " + (finding == null ? "no finding" : finding));
        }
        if (shares.size() != counts.size() || shares.size() > WEEKS_SHOWN) {
            throw new IllegalArgumentException("topic '" + topic + "' has " + shares.size() + " shares and "
                    + counts.size() + " counts (wanted as many of both, at most " + WEEKS_SHOWN + ")");
        }
    }

    /** What a topic does. */
    public enum Label {
        /** It rises, and had hardly a post before. */
        NEW,
        /** It has a greater share of the posts than before. */
        RISING,
        /** Nothing shows that it moves. */
        STEADY,
        /** It has a smaller share of the posts than before. */
        FADING,
        /** There is too little history to say. */
        UNKNOWN;

        /** Whether there is evidence that the topic moves. */
        public boolean isMove() {
            return this == NEW || this == RISING || this == FADING;
        }
    }
}
