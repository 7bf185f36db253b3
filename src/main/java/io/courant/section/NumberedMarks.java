package io.courant.section;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds headings by their list numbers: numbered lines, numbered bold text, items of ordered lists. Numbers must run up
 * or down by one with text between them, so that a plain numbered list is left alone.
 */
final class NumberedMarks {
    /** A line that has a number, and where it stands, counted in characters of text. */
    private record Item(Mark mark, int number, long start, long end) {}

    /** Items whose numbers follow each other; the step is 0 as long as there is one item. */
    private static final class Run {
        private final List<Item> items = new ArrayList<>();
        private int step;

        private Item last() {
            return items.get(items.size() - 1);
        }

        private boolean isSpacious() {
            long[] between = new long[items.size() - 1];
            for (int i = 0; i < between.length; i++) {
                between[i] = items.get(i + 1).start() - items.get(i).end();
            }
            return Mark.isSpacious(between);
        }
    }

    private NumberedMarks() {}

    static List<Mark> in(List<Block> blocks) {
        List<Run> runs = new ArrayList<>();
        for (Run run : runs(withoutTightLists(items(blocks)))) {
            if (run.isSpacious()) {
                runs.add(run);
            }
        }
        List<Mark> marks = new ArrayList<>();
        long covered = -1;
        for (Run run : runs) { // by their first items; a run inside another one's span is a list within a section
            if (run.items.get(0).start() > covered) {
                run.items.forEach(item -> marks.add(item.mark()));
                covered = run.last().start();
            }
        }
        return marks;
    }

    private static List<Item> items(List<Block> blocks) {
        List<Item> items = new ArrayList<>();
        long position = 0;
        for (int i = 0; i < blocks.size(); i++) {
            long start = position;
            position += blocks.get(i).text().length();
            if (blocks.get(i) instanceof Block.Paragraph paragraph) {
                int at = i;
                item(at, paragraph)
                        .ifPresent(found -> items.add(new Item(
                                found.mark,
                                found.number,
                                start,
                                start
                                        + paragraph.text().length()
                                        - found.mark.rest().length())));
            }
        }
        return items;
    }

    /** Leaves lists out that begin at one within a section and have next to no text between their items. */
    private static List<Item> withoutTightLists(List<Item> items) {
        List<Item> kept = new ArrayList<>();
        int i = 0;
        while (i < items.size()) {
            int end = i + 1;
            while (end < items.size()
                    && items.get(end).number() == items.get(end - 1).number() + 1
                    && items.get(end).start() - items.get(end - 1).end() < Mark.MIN_BETWEEN) {
                end++;
            }
            boolean list = i > 0 && end - i > 1 && items.get(i).number() == 1;
            if (!list) {
                kept.addAll(items.subList(i, end));
            }
            i = end;
        }
        return kept;
    }

    private record Found(Mark mark, int number) {}

    private static Optional<Found> item(int block, Block.Paragraph paragraph) {
        String lead = withoutEnd(paragraph.lead());
        String line = Blocks.firstLine(paragraph.text());
        if (!lead.isEmpty()) {
            Optional<ListNumber> bold = ListNumber.of(lead);
            if (bold.isPresent()) {
                return Optional.of(
                        found(block, paragraph, bold.get().heading(), bold.get().value()));
            }
            if (paragraph.number() > 0 && ListNumber.fits(lead)) {
                return Optional.of(found(block, paragraph, lead, paragraph.number()));
            }
        }
        if (paragraph.number() > 0) {
            return ListNumber.fits(line)
                    ? Optional.of(found(block, paragraph, line, paragraph.number()))
                    : Optional.empty();
        }
        return ListNumber.of(line).map(number -> found(block, paragraph, number.heading(), number.value()));
    }

    private static Found found(int block, Block.Paragraph paragraph, String heading, int number) {
        String text = paragraph.text();
        int start = text.replace('\n', ' ').indexOf(heading);
        String rest = start < 0 ? "" : text.substring(start + heading.length());
        return new Found(new Mark(block, heading, rest.replaceFirst("^[\\s:.–—*_-]{1,9}", ""), true), number);
    }

    /** Bold text often ends with the colon or stop that sets it off from what it introduces. */
    private static String withoutEnd(String lead) {
        return lead.replaceFirst("[\\s:.]{1,5}$", "");
    }

    /** Each item goes on with the latest run that waits for its number, or begins one. */
    private static List<Run> runs(List<Item> items) {
        List<Run> runs = new ArrayList<>();
        Map<Integer, List<Run>> waiting = new HashMap<>();
        for (Item item : items) {
            Run run = take(waiting, item.number());
            if (run == null) {
                run = new Run();
                runs.add(run);
            } else {
                run.step = item.number() - run.last().number();
            }
            run.items.add(item);
            if (run.step >= 0) {
                waiting.computeIfAbsent(item.number() + 1, number -> new ArrayList<>())
                        .add(run);
            }
            if (run.step <= 0) {
                waiting.computeIfAbsent(item.number() - 1, number -> new ArrayList<>())
                        .add(run);
            }
        }
        return runs;
    }

    private static @Nullable Run take(Map<Integer, List<Run>> waiting, int number) {
        List<Run> candidates = waiting.getOrDefault(number, Collections.emptyList());
        while (!candidates.isEmpty()) {
            Run run = candidates.remove(candidates.size() - 1);
            int step = number - run.last().number();
            boolean stillWaits = Math.abs(step) == 1 && (run.step == 0 || run.step == step);
            if (stillWaits) {
                return run;
            }
        }
        return null;
    }
}
