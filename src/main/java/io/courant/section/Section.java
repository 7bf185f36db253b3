package io.courant.section;

import java.util.List;

/**
 * One part of a post under its own heading.
 *
 * @param heading one line without its list number
 * @param subheadings the deeper headings inside, in order
 * @param text plain text, paragraphs separated by an empty line, subheadings included where they stand
 */
public record Section(String heading, List<String> subheadings, String text) {
    public Section {
        subheadings = List.copyOf(subheadings);
    }
}
