package io.courant.section;

import io.courant.post.Post;
import io.courant.post.PostReader;
import io.courant.post.Problem;
import io.courant.post.Reading;
import io.courant.post.Source;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Reads sources, splits what they hold and keeps what is new. A source that fails hides no other. */
public final class Collector {
    private final PostReader reader;
    private final Sectioner sectioner;
    private final SectionedPosts posts;
    private final InstantSource clock;

    public Collector(PostReader reader, Sectioner sectioner, SectionedPosts posts, InstantSource clock) {
        this.reader = reader;
        this.sectioner = sectioner;
        this.posts = posts;
        this.clock = clock;
    }

    /** Looks at each source once. */
    public Collected collect(List<Source> sources) {
        Instant seen = clock.instant();
        int kept = 0;
        int known = 0;
        List<Problem> problems = new ArrayList<>();
        for (Source source : sources) {
            Reading reading = reader.read(source);
            problems.addAll(reading.problems());
            for (Post post : reading.posts()) {
                if (posts.keep(post, sectioner.split(post), seen)) {
                    kept++;
                } else {
                    known++;
                }
            }
        }
        return new Collected(kept, known, problems);
    }

    /**
     * What a look at all sources gave.
     *
     * @param kept posts that were new
     * @param known posts that had been kept before
     */
    public record Collected(int kept, int known, List<Problem> problems) {
        public Collected {
            problems = List.copyOf(problems);
        }
    }
}
