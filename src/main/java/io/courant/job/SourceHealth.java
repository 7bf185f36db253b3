package io.courant.job;

import io.courant.post.Source;
import io.courant.post.SourceState;
import io.courant.post.Sources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a source is.
 *
 * @param newsletters that read it
 * @param posts how many of its posts are kept
 */
public record SourceHealth(Source source, List<String> newsletters, SourceState state, long posts) {
    public SourceHealth {
        newsletters = List.copyOf(newsletters);
    }

    /** Each source of these newsletters once, in their order. */
    public static List<SourceHealth> of(List<JobFile> newsletters, Sources states) {
        Map<String, Source> sources = new LinkedHashMap<>();
        Map<String, List<String>> readers = new LinkedHashMap<>();
        for (JobFile job : newsletters) {
            for (Source source : job.newsletter().sources()) {
                sources.putIfAbsent(source.key(), source);
                readers.computeIfAbsent(source.key(), key -> new ArrayList<>()).add(job.name());
            }
        }
        Map<String, Long> posts = states.posts(List.copyOf(sources.keySet()));
        return sources.values().stream()
                .map(source -> new SourceHealth(
                        source,
                        readers.getOrDefault(source.key(), List.of()),
                        states.state(source.key()),
                        posts.getOrDefault(source.key(), 0L)))
                .toList();
    }

    /** Where it is read instead, since its server or page said so, as everybody may see it. */
    public @Nullable String movedTo() {
        return state.movedTo() == null ? null : new Source.FeedUri(state.movedTo()).toString();
    }

    /** Before which it is not asked again; null: the next run asks it, or nothing does until it is resumed. */
    public @Nullable Instant restsUntil(Instant now) {
        Instant next = state.next();
        return next != null && next.isAfter(now) && state.standing() == SourceState.Standing.ACTIVE ? next : null;
    }
}
