package io.courant.post;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Remembers sources between looks: how each answered, and since when each newsletter reads it. */
public interface Sources {
    /** What is remembered of a source; {@link SourceState#unknown} of one that was never looked at. */
    SourceState state(String key);

    /** Changes what is remembered of a source. */
    void keep(SourceState state);

    /**
     * A newsletter reads these sources from now on, and no others. One that it read before it reads since then.
     *
     * @return keys of those that were never read for it
     */
    Set<String> subscribe(String newsletter, Collection<String> keys, Instant now);

    /** A source was read as a whole for a newsletter, so that from now on only what has changed is asked for. */
    void wasRead(String newsletter, String key);

    /** How many posts are kept of each of these sources that has any, by its key. */
    Map<String, Long> posts(List<String> keys);
}
