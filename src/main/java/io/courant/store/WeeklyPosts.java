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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts posts in weeks that end with a given day, from rows with one section each, those of a post side by side. */
final class WeeklyPosts {
    private static final long DAYS = 7;

    private final LocalDate end;
    private final ZoneId zone;
    private final TreeMap<Integer, Count> byAge = new TreeMap<>(); // 0 for the last week
    private final Map<String, List<String>> lists = new HashMap<>(); // there are few different ones
    private final Set<String> topics = new LinkedHashSet<>();
    private long post = -1;
    private String source = "";
    private int age;

    private static final class Count {
        private int posts;
        private final Map<String, Map<String, Integer>> byTopic = new HashMap<>();
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
            Count week = byAge.computeIfAbsent(age, first -> new Count());
            week.posts++;
            topics.forEach(topic -> week.byTopic
                    .computeIfAbsent(topic, first -> new HashMap<>())
                    .merge(source, 1, Integer::sum));
            topics.clear();
            post = -1;
        }
    }

    /** The weeks from that of the first post on, the oldest first. */
    List<Week> list() {
        close();
        List<Week> weeks = new ArrayList<>();
        int first = byAge.isEmpty() ? -1 : byAge.lastKey();
        for (int week = first; week >= 0; week--) {
            Count count = byAge.getOrDefault(week, new Count());
            weeks.add(new Week(count.posts, count.byTopic));
        }
        return weeks;
    }
}
