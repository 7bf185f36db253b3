package io.courant.issue;

import io.courant.section.SectionedPosts.KeptSection;
import java.util.Collection;
import java.util.List;

/**
 * What is new to a newsletter: the kept sections of its sources that none of its frozen issues holds as an item. Only
 * freezing an issue makes a section old; what an issue carries over, or a draft that was thrown away, stays new. The
 * same section can be new to one newsletter and old to another.
 */
public interface NewSections {
    /**
     * Sections that are new to the newsletter, in the order in which they were kept.
     *
     * @param newsletter {@link Newsletter#name()}
     * @param sources {@link io.courant.post.Source#key() keys} of its sources; none of them, no sections
     */
    List<NewSection> of(String newsletter, Collection<String> sources);

    /**
     * A section that is new to a newsletter.
     *
     * @param waited whether an earlier issue named it as carried over
     */
    record NewSection(KeptSection section, boolean waited) {}
}
