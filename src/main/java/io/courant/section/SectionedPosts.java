package io.courant.section;

import io.courant.post.Post;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps posts together with the sections they were split into. A post is known by its source and its id there; one
 * that is known already stays as it was first seen, so that an issue never changes under its readers.
 */
public interface SectionedPosts {

    /**
     * Keeps a post with its sections, once per source and id, in one transaction. A known post is left as it was first
     * seen.
     *
     * @param seen when it was collected
     * @return whether the post was new
     */
    boolean keep(Post post, Outline outline, Instant seen);

    /**
     * Sections of the posts of these sources, in the order in which they were kept.
     *
     * @param sources {@link io.courant.post.Source#key() keys} of sources
     */
    List<KeptSection> sections(Collection<String> sources);

    /**
     * A section as it was kept, with what an issue needs to know of its post.
     *
     * @param id given when it was kept; never given twice
     * @param postTitle title of the post that it is part of
     * @param link where to read the post
     * @param source {@link io.courant.post.Source#key() key} of the source
     * @param published when the post came out
     */
    record KeptSection(
            long id,
            Section section,
            String postTitle,
            @Nullable URI link,
            String source,
            Instant published) {}
}
