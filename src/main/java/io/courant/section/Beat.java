package io.courant.section;

import java.util.List;

/**
 * What a newsletter watches.
 *
 * @param newsletter its name
 * @param sources {@link io.courant.post.Source#key() keys} of the sources that it reads
 * @param taxonomy the topics that it sorts them by
 */
public record Beat(String newsletter, List<String> sources, Taxonomy taxonomy) {
    public Beat {
        sources = List.copyOf(sources);
    }
}
