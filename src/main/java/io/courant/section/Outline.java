package io.courant.section;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post as its author structured it. A post without headings has one section, which is the post.
 *
 * @param intro what stands before the first section, possibly empty
 * @param sections the trend sections in the author's order, never empty for a post with text
 * @param tail conclusion, summary or references after the sections; no trend
 */
public record Outline(
        String title,
        String intro,
        List<Section> sections,
        @Nullable Section tail) {
    public Outline {
        sections = List.copyOf(sections);
    }
}
