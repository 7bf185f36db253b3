package io.courant.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds the headings of HTML and Markdown that open sections. */
final class HeadingMarks {
    private HeadingMarks() {}

    /** The marks of the shallowest level with two headings that could be trends; empty if there is no such level. */
    static List<Mark> in(List<Block> blocks) {
        Set<String> counted = ListNumber.counted(blocks.stream()
                .filter(Block.Heading.class::isInstance)
                .flatMap(heading -> ListNumber.prefix(heading.text()).stream())
                .toList());
        int[] count = new int[7];
        int[] numbers = new int[7];
        for (Block block : blocks) {
            if (block instanceof Block.Heading heading) {
                Optional<ListNumber> number = number(heading, counted);
                if (!AdminHeading.is(number.map(ListNumber::heading).orElse(heading.text()))) {
                    count[heading.level()]++;
                    numbers[heading.level()] += number.isPresent() ? 1 : 0;
                }
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
                boolean over = marks.isEmpty() && heading.level() < level; // a title, or what all sections are about
                Optional<ListNumber> number = number(heading, counted);
                boolean strip = number.isPresent()
                        && (numbers[level] >= 2 || heading.text().matches("\\d+[.)].*"));
                if (!over) {
                    String text = strip ? number.get().heading() : heading.text();
                    marks.add(new Mark(i, text, "", numbered && number.isPresent()));
                }
            }
        }
        return marks;
    }

    private static Optional<ListNumber> number(Block.Heading heading, Set<String> counted) {
        return ListNumber.prefix(heading.text()).filter(number -> counted.contains(number.word()));
    }
}
