package io.courant.store;

import io.courant.section.Week;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts posts in weeks that end with a given day, from rows with one section each, those of a post side by side. Where
 * there are sources with more than a year of posts, those with less do not count: a feed that shows its last weeks only,
 * beside one that goes back for years, would look like a rise of whatever it is about.
 */
final class WeeklyPosts {
    private static final long DAYS = 7;
    private static final int GROWN = 56; // weeks: a year, and the shortest window that is compared with it

    private final LocalDate end;
    private final ZoneId zone;
    private final Map<String, Map<Integer, Count>> bySource = new HashMap<>(); // and age in weeks, 0 for the last
    private final Map<String, List<String>> lists = new HashMap<>(); // there are few different ones
    private final Set<String> topics = new LinkedHashSet<>();
    private long post = -1;
    private String source = "";
    private int age;

    private static final class Count {
        private int posts;
        private final Map<String, Integer> byTopic = new HashMap<>();
    }

    WeeklyPosts(LocalDate end, ZoneId zone) {
        this.end = end;
        this.zone = zone;
    }

    /** @param topics JSON, or null for a section without an assignment */
    void add(long post, String source, long published, @Nullable String topics) {
        if (post != this.post) {
            close();
            this.post = post;
            this.source = source;
            LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(published), zone);
            this.age = (int) (ChronoUnit.DAYS.between(day, end) / DAYS);
        }
        if (topics != null) {
            this.topics.addAll(lists.computeIfAbsent(topics, Json::strings));
        }
    }

    private void close() {
        if (post >= 0) {
            Count week = bySource.computeIfAbsent(source, first -> new HashMap<>())
                    .computeIfAbsent(age, first -> new Count());
            week.posts++;
            topics.forEach(topic -> week.byTopic.merge(topic, 1, Integer::sum));
            topics.clear();
            post = -1;
        }
    }

    /** The weeks from that of the first post on, the oldest first. */
    List<Week> list() {
        close();
        Map<String, Map<Integer, Count>> grown = new HashMap<>(bySource);
        grown.values().removeIf(weeks -> first(weeks) < GROWN);
        Map<String, Map<Integer, Count>> counting = grown.isEmpty() ? bySource : grown;
        List<Week> weeks = new ArrayList<>();
        int first =
                counting.values().stream().mapToInt(WeeklyPosts::first).max().orElse(-1);
        for (int age = first; age >= 0; age--) {
            weeks.add(week(counting, age));
        }
        return weeks;
    }

    private static int first(Map<Integer, Count> weeks) {
        return weeks.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
    }

    private static Week week(Map<String, Map<Integer, Count>> counting, int age) {
        int posts = 0;
        Map<String, Map<String, Integer>> byTopic = new HashMap<>();
        for (Map.Entry<String, Map<Integer, Count>> source : counting.entrySet()) {
            Count count = source.getValue().get(age);
            if (count != null) {
                posts += count.posts;
                count.byTopic.forEach((topic, some) ->
                        byTopic.computeIfAbsent(topic, one -> new HashMap<>()).put(source.getKey(), some));
            }
        }
        return new Week(posts, byTopic);
    }
}
