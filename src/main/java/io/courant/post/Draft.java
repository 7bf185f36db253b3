package io.courant.post;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file says of itself; {@link PostReader} fills in from the file's name and date what it leaves open. */
record Draft(
        @Nullable String id,
        @Nullable String title,
        @Nullable String author,
        @Nullable Instant published,
        @Nullable Instant updated,
        @Nullable String language,
        @Nullable URI link,
        List<String> categories,
        Body body) {

    /** A draft that knows only its title. */
    static Draft untitledOr(@Nullable String title, Body body) {
        return new Draft(null, title, null, null, null, null, null, List.of(), body);
    }
}
