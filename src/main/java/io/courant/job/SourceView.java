package io.courant.job;

import io.courant.post.Source;
import io.courant.post.SourceState;
import io.courant.post.Sources;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
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
        return SourceHealth.of(names.stream().map(jobs::load).toList(), states).stream()
                .map(health -> of(health, now))
                .toList();
    }

    private static SourceView of(SourceHealth health, Instant now) {
        Source source = health.source();
        SourceState state = health.state();
        return new SourceView(
                source.shown(),
                source.name(),
                health.newsletters(),
                source.location().toString(),
                health.movedTo(),
                state.standing().name().toLowerCase(Locale.ROOT),
                time(state.looked()),
                time(state.read()),
                state.failures(),
                state.problem().isEmpty() ? null : state.problem(),
                time(health.restsUntil(now)),
                health.posts(),
                state.entries());
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
