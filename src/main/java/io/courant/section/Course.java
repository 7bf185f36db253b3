package io.courant.section;

import io.courant.section.Trend.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One topic on its way through the weeks: what it was called last week decides what it takes to be called otherwise.
 * To be called moving it needs the test of all topics; it stays so while its own evidence holds by a lower bar, and
 * until that was missing for two weeks in a row. So a count at the edge does not switch a label to and fro.
 */
final class Course {
    /** How many weeks must lie before a window. */
    static final int HISTORY = 52;

    static final int SHORTEST = 4;
    static final int LONGEST = 13;
    static final int HALF_YEAR = 26;
    private static final List<Integer> WINDOWS = List.of(SHORTEST, 8, LONGEST);

    /** What it takes to begin. */
    private static final Bar ENTRY = new Bar(1.5, 1, 2);

    /** What it takes to go on. */
    private static final Bar STAY = new Bar(1.25, 0.2, 1);

    private static final int FEWEST_POSTS = 3;
    private static final int WEEKS_OF_GRACE = 2;
    private static final int HARDLY_A_POST = 2;

    private final Archive archive;
    private final Archive.OfTopic topic;
    private Label label = Label.UNKNOWN;
    private int weeksWithout;
    private int compared;
    private final List<Comparison> comparisons = new ArrayList<>();

    /**
     * How much evidence is asked for.
     *
     * @param factor between what is and what was expected
     * @param p the probability that chance must not exceed
     * @param sources from how many sources at least
     */
    private record Bar(double factor, double p, int sources) {}

    Course(Archive archive, String topic) {
        this.archive = archive;
        this.topic = archive.topic(topic);
    }

    Archive.OfTopic topic() {
        return topic;
    }

    Label label() {
        return label;
    }

    /** Whether the topic is still called moving although the evidence is missing now. */
    boolean isInGrace() {
        return weeksWithout > 0;
    }

    /** How likely chance alone gives what speaks for a move that begins; 1 where nothing does. */
    double p(Direction direction, int to) {
        double least = 1;
        for (Comparison comparison : comparisons(to)) {
            if (passes(comparison, direction, ENTRY)) {
                least = Math.min(least, comparison.p(direction));
            }
        }
        return least;
    }

    /**
     * Goes on by a week.
     *
     * @param begun the direction that the test of all topics finds, if any
     */
    void advance(int to, @Nullable Direction begun) {
        Direction now = direction(label);
        boolean holds = now != null && comparisons(to).stream().anyMatch(comparison -> passes(comparison, now, STAY));
        if (holds) {
            weeksWithout = 0;
            if (label == Label.NEW && !isNew(to)) {
                label = Label.RISING;
            }
        } else if (begun != null) {
            weeksWithout = 0;
            label = begun == Direction.DOWN ? Label.FADING : isNew(to) ? Label.NEW : Label.RISING;
        } else if (now == null || ++weeksWithout == WEEKS_OF_GRACE || archive.posts(to - SHORTEST, to) == 0) {
            weeksWithout = 0;
            label = Label.STEADY;
        }
    }

    static @Nullable Direction direction(Label label) {
        return switch (label) {
            case NEW, RISING -> Direction.UP;
            case FADING -> Direction.DOWN;
            case STEADY, UNKNOWN -> null;
        };
    }

    /** The topic's posts in the year before the last quarter; where they are hardly any, the topic is new. */
    int postsBefore(int to) {
        return topic.posts(Math.max(0, to - LONGEST - HISTORY), Math.max(0, to - LONGEST));
    }

    private boolean isNew(int to) {
        return postsBefore(to) <= HARDLY_A_POST;
    }

    /** The windows that can be judged: those with posts in them and with enough history before them. */
    List<Comparison> comparisons(int to) {
        if (to != compared) { // each week is asked about several times
            compared = to;
            comparisons.clear();
            for (int window : WINDOWS) {
                if (to - window >= HISTORY) {
                    Comparison.of(archive, topic, to - window, to).ifPresent(comparisons::add);
                }
            }
        }
        return comparisons;
    }

    /** The window that shows a move best: one that would begin it, or else the least likely. */
    Optional<Comparison> clearest(Direction direction, int to) {
        return comparisons(to).stream()
                .min(Comparator.comparing((Comparison comparison) -> !passes(comparison, direction, ENTRY))
                        .thenComparing(comparison -> comparison.p(direction)));
    }

    // The cheap questions come first: of the topics that nothing happens to, hardly one gets to the distribution.
    private boolean passes(Comparison comparison, Direction direction, Bar bar) {
        double expected = comparison.expected();
        return direction.larger(comparison.posts(), expected) >= FEWEST_POSTS
                && direction.isBeyond(bar.factor(), comparison.posts(), expected)
                && isGoingOn(comparison, direction, bar.factor())
                && isRecent(comparison.to(), direction, bar.factor())
                && (bar.p() >= 1 || comparison.p(direction) <= bar.p())
                && comparison.sources(direction) >= bar.sources();
    }

    /** A burst that is over is no rise: the last weeks of the window must show it, too. */
    private boolean isGoingOn(Comparison comparison, Direction direction, double factor) {
        int from = comparison.to() - SHORTEST;
        int all = archive.posts(from, comparison.to());
        return all > 0 && direction.isBeyond(factor, topic.posts(from, comparison.to()), comparison.expected(all));
    }

    /** A rise that has reached its height is over, though the long history stays below it for a year. */
    private boolean isRecent(int to, Direction direction, double factor) {
        int quarter = to - LONGEST;
        int halfYear = quarter - HALF_YEAR;
        return archive.posts(halfYear, quarter) > 0
                && direction.isBeyond(
                        factor,
                        (double) topic.posts(quarter, to) * archive.posts(halfYear, quarter),
                        (double) topic.posts(halfYear, quarter) * archive.posts(quarter, to));
    }
}
