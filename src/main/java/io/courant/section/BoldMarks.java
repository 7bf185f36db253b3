package io.courant.section;

import java.util.ArrayList;
import java.util.List;

/** Finds headings that are set as paragraphs in bold, as pages made with a word processor have them. */
final class BoldMarks {
    private static final int FEWEST = 3;

    private BoldMarks() {}

    static List<Mark> in(List<Block> blocks) {
        List<Mark> marks = new ArrayList<>();
        List<Long> between = new ArrayList<>();
        long text = 0;
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i) instanceof Block.Paragraph paragraph && isHeading(paragraph)) {
                if (!marks.isEmpty()) {
                    between.add(text);
                }
                marks.add(new Mark(i, paragraph.text(), "", false));
                text = 0;
            } else {
                text += blocks.get(i).text().length();
            }
        }
        boolean enough = marks.stream().filter(mark -> !mark.isAdmin()).count() >= FEWEST;
        return enough
                        && Mark.isSpacious(
                                between.stream().mapToLong(Long::longValue).toArray())
                ? marks
                : List.of();
    }

    private static boolean isHeading(Block.Paragraph paragraph) {
        return paragraph.number() == 0
                && paragraph.lead().equals(paragraph.text())
                && ListNumber.fits(paragraph.text());
    }
}
