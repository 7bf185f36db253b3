package io.courant.post;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One published text, in Atom's terms (RFC 4287).
 *
 * @param source {@link Source#key()} of the source it was read from
 * @param id identity within the source, by its {@link Source.Identity}
 * @param link where to read it, http or https
 * @param title one line, never blank
 * @param published when it came out, if the source gives a date that can be
 * @param language BCP 47 tag, if the source says
 */
public record Post(
        String source,
        String id,
        @Nullable URI link,
        String title,
        @Nullable String author,
        @Nullable Instant published,
        @Nullable Instant updated,
        @Nullable String language,
        List<String> categories,
        Body body) {
    public Post {
        id = storable(id);
        title = storable(title);
        author = author == null ? null : storable(author);
        language = language == null ? null : storable(language);
        categories = categories.stream().map(Post::storable).toList();
        if (title.isBlank()) {
            throw new IllegalArgumentException("post '" + id + "' of " + source + " has no title");
        }
    }

    /** Without U+0000, which JSON and YAML can name, and PostgreSQL has no room for. */
    static String storable(String text) {
        return text.replace("\0", "");
    }

    /** The same for two posts whose title and text say the same. */
    public String fingerprint() {
        return Fingerprint.of(title, body);
    }
}
