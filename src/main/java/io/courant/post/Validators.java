package io.courant.post;

import org.jspecify.annotations.Nullable;

/**
 * What a server gave with a document to recognise it by (RFC 9110 section 8.8), exactly as given. Sent back, it makes
 * a request conditional.
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {
    /** Nothing is known: the request is unconditional. */
    public static final Validators NONE = new Validators(null, null);
}
