package io.courant.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the headings of HTML and Markdown that open sections. */
final class HeadingMarks {
    private HeadingMarks() {}

    /** The marks of the shallowest level with two headings that could be trends; empty if there is no such level. */
    static List<Mark> in(List<Block> blocks) {
        int[] count = new int[7];
        int[] numbers = new int[7];
        for (Block block : blocks) {
            if (block instanceof Block.Heading heading && !AdminHeading.is(bare(heading.text()))) {
                count[heading.level()]++;
                numbers[heading.level()] += ListNumber.prefix(heading.text()).isPresent() ? 1 : 0;
            }
        }
        int level = IntStream.rangeClosed(1, 6)
                .filter(i -> count[i] >= 2)
                .findFirst()
                .orElse(0);
        if (level == 0) {
            return List.of();
        }
        // In a numbered list the unnumbered headings are what stands around it.
        boolean numbered = numbers[level] >= 2 && numbers[level] * 2 > count[level];
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i) instanceof Block.Heading heading && heading.level() <= level) {
                Optional<ListNumber> number = ListNumber.prefix(heading.text());
                boolean strip = number.isPresent()
                        && (numbers[level] >= 2 || heading.text().matches("\\d+[.)].*"));
                String text = strip ? number.get().heading() : heading.text();
                marks.add(new Mark(i, text, "", numbered && number.isPresent()));
            }
        }
        return marks;
    }

    private static String bare(String heading) {
        return ListNumber.prefix(heading).map(ListNumber::heading).orElse(heading);
    }
}
