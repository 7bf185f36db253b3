package io.courant.post;

import java.util.List;

/**
 * What a look at a source gave beside its posts.
 *
 * @param state what to remember of the source from now on
 * @param read whether its document was read, and not only found unchanged or left alone
 * @param unchanged whether it still holds what it held when it was last read
 * @param problems what could not be read
 */
public record Look(SourceState state, boolean read, boolean unchanged, List<Problem> problems) {
    public Look {
        problems = List.copyOf(problems);
    }
}
