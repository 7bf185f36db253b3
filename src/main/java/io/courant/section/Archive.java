package io.courant.section;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The weeks of an archive from the first one with a post, summed up so that any span of them is looked up at once. */
final class Archive {
    /** How old a week is when it counts half. */
    private static final double HALF_LIFE = 52;

    private static final double DECAY = StrictMath.pow(0.5, 1 / HALF_LIFE);

    private final List<Week> weeks;
    private final int[] posts;
    private final double[] weighted;

    Archive(List<Week> all) {
        int first = 0;
        while (first < all.size() && all.get(first).posts() == 0) {
            first++;
        }
        weeks = List.copyOf(all.subList(first, all.size()));
        int[] each = weeks.stream().mapToInt(Week::posts).toArray();
        posts = summed(each);
        weighted = weighted(each);
    }

    int weeks() {
        return weeks.size();
    }

    /** All posts from a week until before another. */
    int posts(int from, int to) {
        return posts[to] - posts[from];
    }

    /** All posts before a week; they count the less the older they are. */
    double weighted(int before) {
        return weighted[before];
    }

    OfTopic topic(String id) {
        return new OfTopic(id);
    }

    private static int[] summed(int[] each) {
        int[] sums = new int[each.length + 1];
        for (int week = 0; week < each.length; week++) {
            sums[week + 1] = sums[week] + each[week];
        }
        return sums;
    }

    private static double[] weighted(int[] each) {
        double[] sums = new double[each.length + 1];
        for (int week = 0; week < each.length; week++) {
            sums[week + 1] = sums[week] * DECAY + each[week];
        }
        return sums;
    }

    /** The posts of one topic, looked up in the same way. */
    final class OfTopic {
        private final String id;
        private final int[] posts;
        private final double[] weighted;

        private OfTopic(String id) {
            this.id = id;
            int[] each = weeks.stream().mapToInt(week -> week.posts(id)).toArray();
            posts = summed(each);
            weighted = Archive.weighted(each);
        }

        String id() {
            return id;
        }

        int posts(int from, int to) {
            return posts[to] - posts[from];
        }

        double weighted(int before) {
            return weighted[before];
        }

        /** How many sources the posts of a span come from. */
        int sources(int from, int to) {
            Set<String> sources = new HashSet<>();
            for (Week week : weeks.subList(from, to)) {
                sources.addAll(week.byTopic().getOrDefault(id, Map.of()).keySet());
            }
            return sources.size();
        }
    }
}
