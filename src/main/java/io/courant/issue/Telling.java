package io.courant.issue;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A post as one source's telling of a story.
 *
 * @param key names the telling among those compared
 * @param link where it is read, in any form; tellings are compared by {@link io.courant.post.CanonicalLink}
 * @param text plain text, whole or whatever the source gives of it
 * @param source key of the source; a source tells a story once, as a rule, and a new one in the next post
 * @param group tellings of different groups are never compared, so that what one must not know of stays unknown
 * @param language BCP 47 tag, if the source says
 */
public record Telling(
        String key,
        @Nullable URI link,
        String title,
        String text,
        String source,
        String group,
        @Nullable String language) {}
