package io.courant.section;

/** One piece of a post's text, in the order of reading; what all forms of a post have in common. */
sealed interface Block {

    /** The plain text of the piece. */
    String text();

    /** A heading of HTML or Markdown. */
    record Heading(int level, String text) implements Block {}

    /**
     * A paragraph or a list item.
     *
     * @param lead what stands in bold at its beginning, or empty
     * @param number the item's number in an ordered list, -1 for an item of any other list, 0 outside of lists
     */
    record Paragraph(String text, String lead, int number) implements Block {
        static Paragraph plain(String text) {
            return new Paragraph(text, "", 0);
        }
    }

    /** Code, quotations and tables: text that never gives a heading. */
    record Verbatim(String text) implements Block {}
}
