package io.courant.section;

import io.courant.post.FetchPolicy;
import io.courant.post.Look;
import io.courant.post.Post;
import io.courant.post.PostReader;
import io.courant.post.Problem;
import io.courant.post.Source;
import io.courant.post.SourceState;
import io.courant.post.Sources;
import io.courant.section.SectionedPosts.Kept;
import io.courant.section.SectionedPosts.SectionedPost;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads sources side by side, splits what they hold and keeps what is new. A source that fails hides no other, and one
 * that is slow holds no other up.
 */
public final class Collector {
    /** A source whose posts have no dates may be an archive: so many of those that it held at first are taken as new. */
    public static final int UNDATED_AT_FIRST = 10;

    private static final int TOGETHER = 100;

    private final Sectioner sectioner;
    private final Sources sources;
    private final SectionedPosts posts;
    private final InstantSource clock;

    public Collector(Sectioner sectioner, Sources sources, SectionedPosts posts, InstantSource clock) {
        this.sectioner = sectioner;
        this.sources = sources;
        this.posts = posts;
        this.clock = clock;
    }

    /**
     * Looks at each source of a newsletter once.
     *
     * @param watcher is told how many sources were looked at, by any thread
     */
    public Collected collect(String newsletter, List<Source> read, FetchPolicy policy, IntConsumer watcher) {
        Instant seen = clock.instant();
        Set<String> unread =
                sources.subscribe(newsletter, read.stream().map(Source::key).toList(), seen);
        AtomicInteger done = new AtomicInteger();
        ExecutorService readers = Executors.newFixedThreadPool(policy.parallel());
        try (PostReader reader = new PostReader(policy, clock)) {
            Map<Source, Future<Collected>> running = new HashMap<>();
            for (Source source : inTurns(read)) {
                boolean whole = unread.contains(source.key());
                running.put(source, readers.submit(() -> {
                    Collected collected = new Visit(reader, newsletter, source, whole, seen).make();
                    watcher.accept(done.incrementAndGet());
                    return collected;
                }));
            }
            Collected all = Collected.NOTHING;
            for (Source source : read) {
                all = all.and(result(Objects.requireNonNull(running.get(source))));
            }
            return all;
        } finally {
            readers.shutdownNow();
        }
    }

    /** The first of each host, then the second of each: those that wait for a host's turn should hold up no other host. */
    private static List<Source> inTurns(List<Source> sources) {
        Map<String, Integer> seen = new HashMap<>();
        Map<Source, Integer> turns = new HashMap<>();
        sources.forEach(source -> turns.put(source, seen.merge(source.host(), 1, Integer::sum)));
        return sources.stream()
                .sorted(Comparator.comparingInt(source -> turns.getOrDefault(source, 0)))
                .toList();
    }

    private static Collected result(Future<Collected> visit) {
        try {
            return visit.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException accident) {
                throw accident;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading sources", e);
        }
    }

    /** One look at one source for a newsletter, whose posts are kept as they come. */
    private final class Visit {
        private final PostReader reader;
        private final String newsletter;
        private final Source source;
        private final boolean whole;
        private final Instant seen;
        private final SourceState before;
        private final List<SectionedPost> waiting = new ArrayList<>();
        private Kept kept = Kept.NOTHING;
        private int undated;
        private @Nullable RuntimeException broken;

        Visit(PostReader reader, String newsletter, Source source, boolean whole, Instant seen) {
            this.reader = reader;
            this.newsletter = newsletter;
            this.source = source;
            this.whole = whole;
            this.seen = seen;
            this.before = sources.state(source.key());
        }

        Collected make() {
            Look look;
            try {
                look = reader.look(source, before, whole, seen, this::take);
            } catch (RuntimeException | StackOverflowError accident) {
                if (accident == broken) {
                    throw accident; // the database's, and no fault of the source
                }
                Problem problem = new Problem(
                        source.shown(), "cannot be read for a fault of Courant (" + accident + "); please report it");
                return new Collected(0, 0, List.of(problem), List.of());
            }
            // the validators are kept with the last of what they stand for, or not at all
            keep(look.unchanged() ? before.read() : null, look.state());
            if (!look.state().isFailing() && (look.read() || look.unchanged() || whole)) {
                sources.wasRead(newsletter, source.key());
            }
            List<Problem> notes = new ArrayList<>();
            boolean isWindow = !(source.location() instanceof Source.Folder); // a folder shows all that there is
            boolean allNew = kept.fresh() > 0 && kept.known() + kept.edited() == 0;
            if (isWindow && look.read() && before.entries() > 0 && allNew) {
                notes.add(new Problem(
                        source.shown(),
                        "everything in it is new since " + before.read()
                                + "; it shows too few entries for so long a time, and some may have been missed:"
                                + " collect more often"));
            }
            return new Collected(kept.fresh() + kept.edited(), kept.known(), look.problems(), notes);
        }

        private void take(Post post) {
            boolean archived = post.published() == null && before.read() == null && ++undated > UNDATED_AT_FIRST;
            waiting.add(new SectionedPost(post, sectioner.split(post), archived));
            if (waiting.size() == TOGETHER) {
                keep(null, null);
            }
        }

        private void keep(@Nullable Instant unchangedSince, @Nullable SourceState state) {
            boolean nothing = waiting.isEmpty() && (state == null || state.equals(before));
            if (nothing) {
                return;
            }
            try {
                kept = kept.and(posts.keep(source, waiting, seen, before.read(), unchangedSince, state));
                waiting.clear();
            } catch (RuntimeException accident) {
                broken = accident;
                throw accident;
            }
        }
    }

    /**
     * What a look at all sources gave.
     *
     * @param kept posts that were new
     * @param known posts that had been kept before
     * @param problems what could not be read
     * @param notes what an editor should know although everything was read
     */
    public record Collected(int kept, int known, List<Problem> problems, List<Problem> notes) {
        static final Collected NOTHING = new Collected(0, 0, List.of(), List.of());

        public Collected {
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }

        Collected and(Collected other) {
            return new Collected(
                    kept + other.kept, known + other.known, both(problems, other.problems), both(notes, other.notes));
        }

        private static List<Problem> both(List<Problem> some, List<Problem> more) {
            List<Problem> both = new ArrayList<>(some);
            both.addAll(more);
            return both;
        }
    }
}
