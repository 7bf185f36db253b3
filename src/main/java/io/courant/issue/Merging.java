package io.courant.issue;

import io.courant.issue.NewSections.NewSection;
import io.courant.post.Source;
import io.courant.section.SectionedPosts.KeptSection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is new to a newsletter when each story is told once: of several posts that tell the same, one stands for all,
 * and what an issue has told is told.
 *
 * @param sections without those of posts that another one stands for
 * @param also where else the story of a post is told, by the id of the post
 * @param merged posts that another new one stands for
 * @param repeats new posts that tell what an issue has told
 */
public record Merging(
        List<NewSection> sections,
        Map<Long, List<Item.Also>> also,
        List<Issue.Merged> merged,
        List<Issue.Merged> repeats) {
    /** Nothing is new. */
    public static final Merging NOTHING = new Merging(List.of(), Map.of(), List.of(), List.of());

    public Merging {
        sections = List.copyOf(sections);
        also = Map.copyOf(also);
        merged = List.copyOf(merged);
        repeats = List.copyOf(repeats);
    }

    /**
     * Merges.
     *
     * @param fresh all that is new
     * @param tellings of the new posts and of those that an issue has told; their keys are the ids of the posts
     */
    public static Merging of(Newsletter newsletter, List<NewSection> fresh, List<Telling> tellings) {
        Map<Long, NewSection> posts = new LinkedHashMap<>();
        Set<Long> again = new HashSet<>();
        Set<Long> pinned = new HashSet<>(); // they stand for their stories
        for (NewSection section : fresh) {
            if (section.choice() != null) {
                pinned.add(section.section().post());
            }
            if (section.again()) { // it tells of course what it told before
                again.add(section.section().post());
            } else {
                posts.putIfAbsent(section.section().post(), section);
            }
        }
        List<String> sources = newsletter.sources().stream().map(Source::key).toList();
        List<Telling> compared = tellings.stream()
                .filter(telling -> !again.contains(Long.valueOf(telling.key())))
                .toList();
        Map<Long, List<Item.Also>> also = new HashMap<>();
        List<Issue.Merged> merged = new ArrayList<>();
        List<Issue.Merged> repeats = new ArrayList<>();
        for (Story story : new Stories(sources).of(compared)) {
            List<Long> keys = story.keys().stream()
                    .map(Long::valueOf)
                    .sorted(Comparator.comparing(post -> !pinned.contains(post))) // stable
                    .toList();
            Long told = keys.stream()
                    .filter(key -> isTold(posts.get(key)))
                    .findFirst()
                    .orElse(null);
            for (Long key : keys) {
                if (told != null && !isTold(posts.get(key))) {
                    repeats.add(new Issue.Merged(key, told, why(story, key.equals(keys.get(0)) ? told : key)));
                } else if (told == null && !key.equals(keys.get(0))) {
                    KeptSection other = Objects.requireNonNull(posts.get(key)).section();
                    String why = why(story, key);
                    merged.add(new Issue.Merged(key, keys.get(0), why));
                    also.computeIfAbsent(keys.get(0), first -> new ArrayList<>())
                            .add(new Item.Also(newsletter.sourceName(other.source()), other.link(), why));
                }
            }
        }
        Set<Long> gone = new HashSet<>();
        merged.forEach(one -> gone.add(one.post()));
        repeats.forEach(one -> gone.add(one.post()));
        return new Merging(
                fresh.stream()
                        .filter(section -> !gone.contains(section.section().post()))
                        .toList(),
                also,
                merged,
                repeats);
    }

    /** Whether an issue has told it: a post that is not new at all, or the rest of one that did not fit as a whole. */
    private static boolean isTold(@Nullable NewSection fresh) {
        return fresh == null || fresh.told();
    }

    private static String why(Story story, Long key) {
        return story.others().stream()
                .filter(other -> other.key().equals(key.toString()))
                .map(other -> other.why().words())
                .findFirst()
                .orElse("the same story");
    }

    /** Where else the story of a section's post is told. */
    public List<Item.Also> alsoAt(NewSection section) {
        return also.getOrDefault(section.section().post(), List.of());
    }
}
