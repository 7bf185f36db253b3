package io.courant.section;

import io.courant.post.Post;
import io.courant.post.Source;
import io.courant.post.SourceState;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps posts together with the sections they were split into. A post is known by its source and its id there. What is
 * kept never changes under the readers of an issue: an edited post is either left as it was first seen, or kept as a
 * further revision beside it.
 */
public interface SectionedPosts {

    /**
     * Keeps what was read from a source, in one transaction. Whether a post that is known and reads differently now
     * gets a further revision, is up to {@link Source.Terms#updates()}. A date in the future, or none, stands for the
     * moment when the post was first seen.
     *
     * @param seen when it was read
     * @param before when the source had been read last, if it ever was
     * @param unchangedSince if the source holds what it held at that reading: all that was in it then is in it now
     * @param state of the source, to be remembered from then on; null while more of the same reading follows
     */
    Kept keep(
            Source source,
            List<SectionedPost> posts,
            Instant seen,
            @Nullable Instant before,
            @Nullable Instant unchangedSince,
            @Nullable SourceState state);

    /**
     * The newest sections of the posts of these sources, some thousands at most, in an order that is the same each time.
     *
     * @param sources {@link Source#key() keys} of sources
     */
    List<KeptSection> sections(Collection<String> sources);

    /** The sections of these ids, in the order of the ids; those that there are not are left out. */
    List<KeptSection> sectionsOf(Collection<Long> ids);

    /**
     * A post with its sections.
     *
     * @param archived whether it counts as older than the newsletter, though it has no date
     */
    record SectionedPost(Post post, Outline outline, boolean archived) {}

    /**
     * How many posts were kept.
     *
     * @param fresh for the first time
     * @param edited as a further revision
     * @param known before, and left as they were
     */
    record Kept(int fresh, int edited, int known) {
        /** No posts. */
        public static final Kept NOTHING = new Kept(0, 0, 0);

        Kept and(Kept other) {
            return new Kept(fresh + other.fresh, edited + other.edited, known + other.known);
        }
    }

    /**
     * A section as it was kept, with what an issue needs to know of its post.
     *
     * @param id given when it was kept; never given twice
     * @param post id of the post that it is part of, likewise
     * @param postTitle title of that post
     * @param link where to read it
     * @param source {@link Source#key() key} of the source
     * @param published when the post came out
     * @param edited whether this is not the post as it was first seen
     */
    record KeptSection(
            long id,
            Section section,
            long post,
            String postTitle,
            @Nullable URI link,
            String source,
            Instant published,
            boolean edited) {}
}
