package io.courant.section;

import io.courant.words.Phrasebook;
import java.util.Optional;

/** Says in plain words what a topic's label rests on, and how much that is. */
final class Evidence {
    private static final int FEW_POSTS = 10; // a week; with fewer, only great changes show

    private final Archive archive;
    private final Course course;
    private final int topics;
    private final double falseDiscoveries;
    private final Phrasebook phrases;
    private final int to;

    /**
     * @param topics among how many the topic has to stand out
     * @param falseDiscoveries at which rate
     */
    Evidence(Archive archive, Course course, int topics, double falseDiscoveries, Phrasebook phrases) {
        this.archive = archive;
        this.course = course;
        this.topics = topics;
        this.falseDiscoveries = falseDiscoveries;
        this.phrases = phrases;
        this.to = archive.weeks();
    }

    String words() {
        return switch (course.label()) {
            case UNKNOWN ->
                phrases.say("trend.short", Math.max(0, to - Course.SHORTEST), Course.HISTORY, Course.SHORTEST);
            case STEADY -> steady();
            case NEW ->
                afterwards(then(
                        moving(Direction.UP),
                        phrases.say("trend.year-before", posts(course.postsBefore(to)), Course.LONGEST)));
            case RISING -> afterwards(moving(Direction.UP));
            case FADING -> afterwards(moving(Direction.DOWN));
        };
    }

    private String moving(Direction direction) {
        Comparison clearest = course.clearest(direction, to).orElseThrow();
        String expected = phrases.decimal(clearest.expected(archive.posts(to - 1, to)));
        return then(phrases.say("trend.expected", thisWeek(), expected), from(clearest));
    }

    private String from(Comparison comparison) {
        return comparison.posts() == 0
                ? window(comparison)
                : phrases.say(
                        "trend.from",
                        window(comparison),
                        phrases.say("sources", course.topic().sources(comparison.from(), comparison.to())));
    }

    private String afterwards(String said) {
        String clear = course.isInGrace() ? then(said, phrases.say("trend.less-clear")) : said;
        return isThin() ? then(clear, phrases.say("trend.weak", perWeek())) : clear;
    }

    private String steady() {
        int from = to - 1 - Course.HALF_YEAR;
        int before = archive.posts(from, to - 1);
        if (archive.posts(to - Course.SHORTEST, to) == 0) {
            return phrases.say("trend.silent");
        } else if (before == 0) {
            return phrases.say("trend.silent-before");
        }
        double expected = (double) course.topic().posts(from, to - 1) / before * archive.posts(to - 1, to);
        String said = phrases.say("trend.steady", thisWeek(), phrases.decimal(expected));
        String lone = loneSource()
                .map(comparison -> then(said, phrases.say("trend.one-source", window(comparison))))
                .orElse(said);
        return isThin() ? then(lone, weakness(phrases.say("trend.thin", perWeek()))) : lone;
    }

    /** What would be a rise if more than one source had it. */
    private Optional<Comparison> loneSource() {
        return course.clearest(Direction.UP, to)
                .filter(comparison -> comparison.sources(Direction.UP) == 1
                        && comparison.posts() >= 3
                        && comparison.p(Direction.UP) * topics <= falseDiscoveries);
    }

    /** Adds how much it would take to be seen. */
    private String weakness(String said) {
        Optional<Comparison> longest = course.comparisons(to).stream().reduce((shorter, longer) -> longer);
        if (longest.isEmpty()) {
            return said;
        }
        Comparison comparison = longest.get();
        int enough = Math.max(3, (int) StrictMath.ceil(1.5 * comparison.expected()));
        while (comparison.p(Direction.UP, enough) * topics > falseDiscoveries) {
            enough++;
        }
        return phrases.say("trend.would-show", said, enough, comparison.weeks());
    }

    private String thisWeek() {
        return phrases.say("trend.this-week", posts(course.topic().posts(to - 1, to)));
    }

    private String posts(int posts) {
        return phrases.say("posts", posts);
    }

    private String then(String one, String other) {
        return phrases.say("then", one, other);
    }

    private String window(Comparison comparison) {
        return phrases.say(
                "trend.window", comparison.posts(), comparison.weeks(), phrases.decimal(comparison.expected()));
    }

    private boolean isThin() {
        return archive.posts(to - Course.LONGEST, to) < FEW_POSTS * Course.LONGEST;
    }

    private String perWeek() {
        return phrases.say(
                "trend.per-week", Math.round((double) archive.posts(to - Course.LONGEST, to) / Course.LONGEST));
    }
}
