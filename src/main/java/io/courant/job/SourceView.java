package io.courant.job;

import io.courant.post.Source;
import io.courant.post.SourceState;
import io.courant.post.Sources;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A source, as {@code --json} shows it; scripts rely on these names.
 *
 * @param source identifies it for 'courant sources resume'
 * @param address where it is read: an address on the web, or a path
 * @param movedTo where it is read instead, since its server or page said so
 * @param state active, paused or gone
 * @param lastSuccess when it was last read or found unchanged
 * @param failures in a row
 * @param nextFetch before which it is not asked again; null if the next run asks it
 * @param items how many of its posts are kept
 * @param inFeed how many it held when it was last read
 */
public record SourceView(
        String source,
        String name,
        List<String> newsletters,
        String address,
        @Nullable String movedTo,
        String state,
        @Nullable String lastLook,
        @Nullable String lastSuccess,
        int failures,
        @Nullable String problem,
        @Nullable String nextFetch,
        long items,
        int inFeed) {
    public SourceView {
        newsletters = List.copyOf(newsletters);
    }

    /** The sources of some newsletters, each once, in the order of the job files. */
    public static List<SourceView> of(List<String> names, JobFolder jobs, Sources states, Instant now) {
        Map<String, Source> sources = new LinkedHashMap<>();
        Map<String, List<String>> readers = new LinkedHashMap<>();
        for (String name : names) {
            for (Source source : jobs.load(name).newsletter().sources()) {
                sources.putIfAbsent(source.key(), source);
                readers.computeIfAbsent(source.key(), key -> new ArrayList<>()).add(name);
            }
        }
        Map<String, Long> posts = states.posts(List.copyOf(sources.keySet()));
        return sources.values().stream()
                .map(source -> shown(
                        source,
                        Objects.requireNonNull(readers.get(source.key())),
                        states.state(source.key()),
                        posts.getOrDefault(source.key(), 0L),
                        now))
                .toList();
    }

    private static SourceView shown(
            Source source, List<String> newsletters, SourceState state, long posts, Instant now) {
        Instant next = state.next();
        boolean waits = next != null && next.isAfter(now) && state.standing() == SourceState.Standing.ACTIVE;
        return new SourceView(
                source.shown(),
                source.name(),
                newsletters,
                source.location().toString(),
                state.movedTo() == null ? null : new Source.FeedUri(state.movedTo()).toString(),
                state.standing().name().toLowerCase(Locale.ROOT),
                time(state.looked()),
                time(state.read()),
                state.failures(),
                state.problem().isEmpty() ? null : state.problem(),
                waits ? time(next) : null,
                posts,
                state.entries());
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
