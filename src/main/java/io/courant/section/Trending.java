package io.courant.section;

import io.courant.section.Trend.Label;
import io.courant.words.Phrasebook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds which topics take a greater or a smaller share of the posts than before. Each week and each topic are tested
 * over the last 4, 8 and 13 weeks against the history before them, see {@link Comparison}, and among the topics of a
 * week one false discovery in ten is accepted (one in twenty for a headline).
 *
 * <p>A window is judged when 52 weeks lie before it, counted from the first week with a post: the first verdict falls
 * in the 56th week, of the window of four. A move also needs three posts (expected ones, if it is a decline), a factor
 * of 1.5, two sources, and to be going on: the last four weeks show that factor, too, and so do the last 13 against the
 * 26 before them. It is over when for two weeks in a row no window has a p up to .2 and factors of 1.25. All that is
 * worked out anew from the counts each time, so the same weeks always give the same labels.
 */
final class Trending {
    private static final double FALSE_DISCOVERIES = 0.1;
    private static final double FALSE_HEADLINES = 0.05;

    private final Archive archive;
    private final List<Course> courses;
    private double[] up = {};
    private double[] down = {};

    private Trending(List<String> topics, List<Week> weeks) {
        archive = new Archive(weeks);
        courses = topics.stream().map(topic -> new Course(archive, topic)).toList();
    }

    /**
     * The trends of the week that has just ended.
     *
     * @param topics topic ids; the trends come in their order
     * @param weeks all weeks, also those without posts, oldest first; a week that is not over would read as a decline
     * @param language of the evidence
     */
    static List<Trend> of(List<String> topics, List<Week> weeks, Locale language) {
        Trending trending = new Trending(topics, weeks);
        trending.replay(week -> {});
        Phrasebook phrases = Phrasebook.of(language);
        return trending.courses.stream()
                .map(course -> trending.trend(course, phrases))
                .toList();
    }

    /** What each week would have called the topics. */
    static List<List<Label>> labels(List<String> topics, List<Week> weeks) {
        Trending trending = new Trending(topics, weeks);
        List<List<Label>> labels = new ArrayList<>();
        IntConsumer note =
                week -> labels.add(trending.courses.stream().map(Course::label).toList());
        for (int empty = weeks.size() - trending.archive.weeks(); empty > 0; empty--) {
            note.accept(0);
        }
        trending.replay(note);
        return labels;
    }

    private void replay(IntConsumer afterWeek) {
        for (int to = 1; to <= archive.weeks(); to++) {
            if (to >= Course.HISTORY + Course.SHORTEST) {
                up = rates(Direction.UP, to);
                down = rates(Direction.DOWN, to);
                for (int i = 0; i < courses.size(); i++) {
                    courses.get(i).advance(to, begun(up[i], down[i]));
                }
            }
            afterWeek.accept(to);
        }
    }

    private double[] rates(Direction direction, int to) {
        return FalseDiscovery.rates(
                courses.stream().mapToDouble(course -> course.p(direction, to)).toArray());
    }

    private static @Nullable Direction begun(double up, double down) {
        if (Math.min(up, down) > FALSE_DISCOVERIES) {
            return null;
        }
        return up <= down ? Direction.UP : Direction.DOWN;
    }

    private Trend trend(Course course, Phrasebook phrases) {
        int to = archive.weeks();
        Direction direction = Course.direction(course.label());
        Evidence evidence = new Evidence(archive, course, courses.size(), FALSE_DISCOVERIES, phrases);
        List<Double> shares = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (int week = Math.max(0, to - Trend.WEEKS_SHOWN); week < to; week++) {
            int posts = course.topic().posts(week, week + 1);
            counts.add(posts);
            shares.add((double) posts / Math.max(1, archive.posts(week, week + 1)));
        }
        Finding finding = null;
        if (direction != null) {
            double rate = (direction == Direction.UP ? up : down)[courses.indexOf(course)];
            finding = course.clearest(direction, to).orElseThrow().finding(direction, rate <= FALSE_HEADLINES);
        }
        return new Trend(course.topic().id(), course.label(), evidence.words(), finding, shares, counts);
    }
}
