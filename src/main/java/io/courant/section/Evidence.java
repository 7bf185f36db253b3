package io.courant.section;

import java.util.Optional;

/** Says in plain words what a topic's label rests on, and how much that is. */
final class Evidence {
    private static final int FEW_POSTS = 10; // a week; with fewer, only great changes show

    private final Archive archive;
    private final Course course;
    private final int topics;
    private final double falseDiscoveries;
    private final int to;

    /**
     * @param topics among how many the topic has to stand out
     * @param falseDiscoveries at which rate
     */
    Evidence(Archive archive, Course course, int topics, double falseDiscoveries) {
        this.archive = archive;
        this.course = course;
        this.topics = topics;
        this.falseDiscoveries = falseDiscoveries;
        this.to = archive.weeks();
    }

    String words() {
        return switch (course.label()) {
            case UNKNOWN ->
                "too little history: " + Math.max(0, to - Course.SHORTEST) + " of the " + Course.HISTORY
                        + " weeks needed before the last " + Course.SHORTEST;
            case STEADY -> steady();
            case NEW ->
                moving(Direction.UP) + "; " + posts(course.postsBefore(to)) + " in the year before the last "
                        + Course.LONGEST + " weeks" + afterwards();
            case RISING -> moving(Direction.UP) + afterwards();
            case FADING -> moving(Direction.DOWN) + afterwards();
        };
    }

    private String moving(Direction direction) {
        Comparison clearest = course.clearest(direction, to).orElseThrow();
        return thisWeek() + ", " + number(clearest.expected(archive.posts(to - 1, to))) + " expected; "
                + window(clearest) + from(clearest);
    }

    private String from(Comparison comparison) {
        if (comparison.posts() == 0) {
            return "";
        }
        int sources = course.topic().sources(comparison.from(), comparison.to());
        return ", from " + (sources == 1 ? "1 source" : sources + " sources");
    }

    private String afterwards() {
        return (course.isInGrace() ? "; less clear than before" : "")
                + (isThin() ? "; weak evidence, with only " + perWeek() : "");
    }

    private String steady() {
        int from = to - 1 - Course.HALF_YEAR;
        int before = archive.posts(from, to - 1);
        if (archive.posts(to - Course.SHORTEST, to) == 0) {
            return "no posts on any topic in the last weeks";
        } else if (before == 0) {
            return "no posts on any topic in the half year before this week";
        }
        double expected = (double) course.topic().posts(from, to - 1) / before * archive.posts(to - 1, to);
        return thisWeek() + ", " + number(expected) + " expected after the half year before"
                + loneSource()
                        .map(lone -> "; " + window(lone) + ", but from one source only")
                        .orElse("")
                + (isThin() ? "; with only " + perWeek() + weakness() : "");
    }

    /** What would be a rise if more than one source had it. */
    private Optional<Comparison> loneSource() {
        return course.clearest(Direction.UP, to)
                .filter(comparison -> comparison.sources(Direction.UP) == 1
                        && comparison.posts() >= 3
                        && comparison.p(Direction.UP) * topics <= falseDiscoveries);
    }

    /** How much it would take to be seen. */
    private String weakness() {
        Optional<Comparison> longest = course.comparisons(to).stream().reduce((shorter, longer) -> longer);
        if (longest.isEmpty()) {
            return "";
        }
        Comparison comparison = longest.get();
        int enough = Math.max(3, (int) StrictMath.ceil(1.5 * comparison.expected()));
        while (comparison.p(Direction.UP, enough) * topics > falseDiscoveries) {
            enough++;
        }
        return ", a rise would show from " + enough + " in " + comparison.weeks() + " weeks on";
    }

    private String thisWeek() {
        return posts(course.topic().posts(to - 1, to)) + " this week";
    }

    private static String posts(int posts) {
        return posts == 0 ? "no posts" : posts == 1 ? "1 post" : posts + " posts";
    }

    private static String window(Comparison comparison) {
        return (comparison.posts() == 0 ? "none" : comparison.posts()) + " in " + comparison.weeks() + " weeks where "
                + number(comparison.expected()) + " were expected";
    }

    private boolean isThin() {
        return archive.posts(to - Course.LONGEST, to) < FEW_POSTS * Course.LONGEST;
    }

    private String perWeek() {
        long posts = Math.round((double) archive.posts(to - Course.LONGEST, to) / Course.LONGEST);
        return posts == 0 ? "a post now and then" : posts == 1 ? "1 post a week" : posts + " posts a week";
    }

    /** One decimal where it matters; rounded here, since formatters have differed between versions of Java. */
    private static String number(double value) {
        long tenths = Math.round(value * 10);
        if (tenths >= 100) {
            return String.valueOf(Math.round(value));
        }
        return tenths == 0 && value > 0 ? "under 0.1" : tenths / 10 + "." + tenths % 10;
    }
}
