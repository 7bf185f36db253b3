package io.courant.post;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads sources as if for the first time, from this machine too. */
public final class TestReader {
    private static final FetchPolicy POLICY = new FetchPolicy(
            4, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(20), 10, Set.of("127.0.0.1", "localhost"));

    private final Instant now;

    public TestReader() {
        this(Instant.parse("2026-11-20T06:00:00Z"));
    }

    public TestReader(Instant now) {
        this.now = now;
    }

    /** What one look at a source gave: every post that could be read, and a problem for each that could not. */
    public record Reading(List<Post> posts, List<Problem> problems) {}

    public Reading read(Source source) {
        List<Post> posts = new ArrayList<>();
        try (PostReader reader = new PostReader(POLICY, InstantSource.system())) {
            Look look = reader.look(source, SourceState.unknown(source.key()), false, now, posts::add);
            return new Reading(posts, look.problems());
        }
    }

    public Post read(Path file) {
        return PostReader.read(file);
    }

    public Feed feed(Path file) {
        return PostReader.feed(file);
    }

    public Feed feed(URI uri) {
        try (PostReader reader = new PostReader(POLICY, InstantSource.system())) {
            return reader.feed(uri);
        }
    }
}
