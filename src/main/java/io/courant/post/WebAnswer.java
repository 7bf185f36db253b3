package io.courant.post;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a GET. */
sealed interface WebAnswer {
    /**
     * A document.
     *
     * @param uri where it was in the end, after all redirects
     * @param movedTo where to ask from now on: set if the first redirects were permanent (301, 308), to where these led
     * @param bytes inflated
     * @param headers by name in small letters; of several of one name, the first
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Content(URI uri, @Nullable URI movedTo, byte[] bytes, Validators validators, Map<String, String> headers)
            implements WebAnswer {
        @Nullable
        String contentType() {
            return headers.get("content-type");
        }
    }

    /** 304: still the document that the validators stand for. */
    record Unchanged(@Nullable URI movedTo) implements WebAnswer {}

    /** 410: it will never come back (RFC 9110 section 15.5.11). */
    record Gone() implements WebAnswer {}

    /**
     * No document this time.
     *
     * @param status of the answer, or 0 if there was none; so with a time to be left alone, the host was not asked
     * @param problem what is wrong and what to do, to follow the address and a colon
     * @param retryAfter how long the server wants to be left alone, if it says so
     */
    record Failed(int status, String problem, @Nullable Duration retryAfter) implements WebAnswer {}
}
