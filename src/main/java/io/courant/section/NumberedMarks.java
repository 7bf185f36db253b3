package io.courant.section;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds headings by their list numbers: numbered lines, numbered bold text, items of ordered lists, numbered headings.
 * Numbers must run up or down by one with text between them, so that a plain numbered list is left alone.
 */
final class NumberedMarks {
    private static final int LONGEST_LINE = 200;
    private static final int LOOK_BACK = 8;
    private static final double LEAST_SHARE = 0.25; // of a text that a list makes up; less is a list within it
    private static final double LEAST_INLINE_SHARE = 0.5;
    private static final int LEAD_MOST_WORDS = 8;
    private static final Pattern LEAD = Pattern.compile("(.{2,70}?)(?::|\\s[-–—])\\s+\\S.*");

    /**
     * A line that has a number, and where it stands, counted in characters of text.
     *
     * @param style what the numbers of a list look like
     * @param shape what the line that has the number looks like
     */
    private record Item(Mark mark, String word, int number, String style, Shape shape, long start, long end) {}

    private enum Shape {
        HEADING,
        /** A paragraph that begins with what could be a heading, set off by a colon or a dash. */
        INLINE,
        /** Too long for a heading; it counts only among others that are none. */
        LONG
    }

    /** What waits for the next item of a list. */
    private record Next(String word, int number) {}

    /** Items whose numbers follow each other; the step is 0 as long as there is one item. */
    private static final class Run {
        private final List<Item> items = new ArrayList<>();
        private int step;

        private Item first() {
            return items.get(0);
        }

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

        private long count(Shape shape) {
            return items.stream().filter(item -> item.shape() == shape).count();
        }

        /** How long the list is, its last item being as long as the others. */
        private double length() {
            return (double) (last().start() - first().start()) * items.size() / (items.size() - 1);
        }
    }

    private NumberedMarks() {}

    static List<Mark> in(List<Block> blocks) {
        TreeMap<Long, Integer> admin = new TreeMap<>();
        List<Item> items = withoutTightLists(items(blocks, admin));
        long all = blocks.stream().mapToLong(block -> block.text().length()).sum();
        List<Run> runs = new ArrayList<>();
        for (Run run : runs(items)) {
            boolean inline = run.count(Shape.INLINE) * 2 > run.items.size();
            if (run.isSpacious()
                    && run.count(Shape.LONG) * 2 <= run.items.size()
                    && (!inline || (run.items.size() > 2 && run.length() >= LEAST_INLINE_SHARE * all))) {
                runs.add(run);
            }
        }
        Set<String> inner = innerWords(runs);
        runs.removeIf(run -> inner.contains(run.first().word()));
        // Two numbers may follow each other by chance with a whole list between them.
        runs.sort(Comparator.comparing(run -> run.items.size() == 2)); // stable: by their first items otherwise
        TreeMap<Long, Run> chosen = new TreeMap<>();
        for (Run run : runs) {
            if (isApart(run, chosen)) {
                chosen.put(run.first().start(), run);
            }
        }
        if (chosen.values().stream().mapToDouble(Run::length).sum() < LEAST_SHARE * all) {
            return List.of();
        }
        List<Mark> marks = new ArrayList<>();
        for (Run run : chosen.values()) {
            boolean appended = !marks.isEmpty()
                    && !admin.subMap(
                                    chosen.firstEntry().getValue().last().start(),
                                    run.first().start())
                            .isEmpty();
            if (!appended) { // questions and references have numbers, too
                run.items.forEach(item -> marks.add(item.mark()));
            }
        }
        return marks;
    }

    /** What is counted within something else that is counted, as the steps of each method. */
    private static Set<String> innerWords(List<Run> runs) {
        Set<String> inner = new HashSet<>();
        Run widest = null;
        for (Run run : runs) {
            if (run.first().word().isEmpty()) {
                continue;
            }
            if (widest == null || widest.last().start() < run.last().start()) {
                widest = run;
            } else if (!widest.first().word().equals(run.first().word())) {
                inner.add(run.first().word());
            }
        }
        return inner;
    }

    /** Whether a run neither lies within another one, as a list within a section, nor crosses it. */
    private static boolean isApart(Run run, NavigableMap<Long, Run> chosen) {
        Map.Entry<Long, Run> before = chosen.floorEntry(run.last().start());
        return before == null || before.getValue().last().start() < run.first().start();
    }

    private static List<Item> items(List<Block> blocks, NavigableMap<Long, Integer> admin) {
        List<ListNumber> numbers = new ArrayList<>();
        for (Block block : blocks) {
            ListNumber.prefix(Blocks.firstLine(block.text())).ifPresent(numbers::add);
        }
        Set<String> counted = ListNumber.counted(numbers);
        List<Item> items = new ArrayList<>();
        long position = 0;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            long start = position;
            position += block.text().length();
            long end = position;
            Optional<Found> item = block instanceof Block.Paragraph paragraph
                    ? item(i, paragraph)
                    : block instanceof Block.Heading heading ? item(i, heading) : Optional.empty();
            item.filter(found -> counted.contains(found.word))
                    .ifPresent(found -> items.add(new Item(
                            found.mark,
                            found.word,
                            found.number,
                            found.style,
                            found.shape,
                            start,
                            end - found.mark.rest().length())));
            if (item.isEmpty() && AdminHeading.is(Blocks.firstLine(block.text()))) {
                admin.put(start, i);
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

    private record Found(Mark mark, String word, int number, String style, Shape shape) {}

    private static Optional<Found> item(int block, Block.Heading heading) {
        return ListNumber.prefix(heading.text())
                .map(number -> new Found(
                        new Mark(block, number.heading(), "", true),
                        number.word(),
                        number.value(),
                        "h" + heading.level(),
                        Shape.HEADING));
    }

    private static Optional<Found> item(int block, Block.Paragraph paragraph) {
        String lead = withoutEnd(paragraph.lead());
        String line = Blocks.firstLine(paragraph.text());
        if (!lead.isEmpty()) {
            Optional<ListNumber> bold = ListNumber.of(lead);
            if (bold.isPresent()) {
                return Optional.of(found(block, paragraph, bold.get(), "b"));
            }
            if (paragraph.number() > 0 && ListNumber.fits(lead)) {
                return Optional.of(found(block, paragraph, new ListNumber("", paragraph.number(), '.', lead), "ob"));
            }
        }
        if (paragraph.number() > 0) {
            return ListNumber.fits(line)
                    ? Optional.of(found(block, paragraph, new ListNumber("", paragraph.number(), '.', line), "o"))
                    : Optional.empty();
        }
        return line(block, paragraph, line);
    }

    /** A numbered line of text, alone or with its section below it. */
    private static Optional<Found> line(int block, Block.Paragraph paragraph, String line) {
        Optional<ListNumber> number = ListNumber.prefix(line);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = paragraph.text().lines().limit(3).toList();
        String style = Character.isWhitespace(line.charAt(0)) ? " " : "";
        if (lines.size() == 1) {
            if (ListNumber.fits(number.get().heading())) {
                return Optional.of(found(block, paragraph, number.get(), style));
            }
            return inline(block, paragraph, number.get(), style)
                    .or(() -> line.length() <= LONGEST_LINE
                            ? Optional.of(found(block, paragraph, number.get(), Shape.LONG, style))
                            : Optional.empty());
        }
        String next = lines.get(1).strip();
        if (ListNumber.prefix(next)
                .filter(after -> after.value() == number.get().value() + 1)
                .isPresent()) {
            return Optional.empty(); // a list without empty lines
        }
        if (!Blocks.isFull(line, next, longestAfterFirst(paragraph.text()))) {
            Shape shape = ListNumber.fits(number.get().heading()) ? Shape.HEADING : Shape.LONG;
            return line.length() <= LONGEST_LINE
                    ? Optional.of(found(block, paragraph, number.get(), shape, style))
                    : inline(block, paragraph, number.get(), style);
        }
        Optional<ListNumber> whole = lines.size() == 2 && !Character.isUpperCase(next.codePointAt(0))
                ? ListNumber.of(line + " " + next)
                : Optional.empty();
        return whole.map(heading -> found(block, paragraph, heading, style))
                .or(() -> inline(block, paragraph, number.get(), style));
    }

    private static Optional<Found> inline(int block, Block.Paragraph paragraph, ListNumber number, String style) {
        Matcher lead = LEAD.matcher(number.heading());
        if (!lead.matches() || Blocks.words(lead.group(1)) > LEAD_MOST_WORDS) {
            return Optional.empty();
        }
        ListNumber heading = new ListNumber(number.word(), number.value(), number.mark(), lead.group(1));
        Found found = found(block, paragraph, heading, Shape.INLINE, style);
        return found.mark.rest().length() < Mark.MIN_BETWEEN ? Optional.empty() : Optional.of(found);
    }

    private static int longestAfterFirst(String paragraph) {
        return paragraph.lines().skip(1).mapToInt(String::length).max().orElse(0);
    }

    private static Found found(int block, Block.Paragraph paragraph, ListNumber number, String style) {
        return found(block, paragraph, number, Shape.HEADING, style);
    }

    private static Found found(int block, Block.Paragraph paragraph, ListNumber number, Shape shape, String style) {
        String text = paragraph.text();
        String heading = number.heading();
        int start = text.replace('\n', ' ').indexOf(heading);
        String rest = start < 0 ? "" : text.substring(start + heading.length());
        return new Found(
                new Mark(block, heading, rest.replaceFirst("^[\\s:.–—*_-]{1,9}", ""), true),
                number.word(),
                number.value(),
                style + number.mark(),
                shape);
    }

    /** Bold text often ends with the colon or stop that sets it off from what it introduces. */
    private static String withoutEnd(String lead) {
        return lead.replaceFirst("[\\s:.]{1,5}$", "");
    }

    /** Each item goes on with a run that waits for its number, or begins one. */
    private static List<Run> runs(List<Item> items) {
        List<Run> runs = new ArrayList<>();
        Map<Next, List<Run>> waiting = new HashMap<>();
        Map<Next, Run> endsLong = new HashMap<>();
        for (Item item : items) {
            Run run = take(waiting.getOrDefault(new Next(item.word(), item.number()), Collections.emptyList()), item);
            if (run == null) {
                Run instead = endsLong.remove(new Next(item.word(), item.number()));
                if (instead != null
                        && item.shape() != Shape.LONG
                        && instead.last().number() == item.number()) {
                    instead.items.set(instead.items.size() - 1, item); // a sentence had taken its place
                    continue;
                }
                run = new Run();
                runs.add(run);
            } else {
                run.step = item.number() - run.last().number();
            }
            run.items.add(item);
            if (item.shape() == Shape.LONG) {
                endsLong.put(new Next(item.word(), item.number()), run);
            }
            if (run.step >= 0) {
                waiting.computeIfAbsent(new Next(item.word(), item.number() + 1), next -> new ArrayList<>())
                        .add(run);
            }
            if (run.step <= 0) {
                waiting.computeIfAbsent(new Next(item.word(), item.number() - 1), next -> new ArrayList<>())
                        .add(run);
            }
        }
        return runs;
    }

    /** Of the latest runs that wait for an item the one whose last item looks like it, else the latest. */
    private static @Nullable Run take(List<Run> candidates, Item item) {
        int latest = -1;
        for (int i = candidates.size() - 1; i >= Math.max(0, candidates.size() - LOOK_BACK); i--) {
            Run run = candidates.get(i);
            if (waits(run, item)) {
                if (run.last().style().equals(item.style()) && run.last().shape() != Shape.LONG) {
                    return candidates.remove(i);
                }
                latest = latest < 0 ? i : latest;
            } else if (i == candidates.size() - 1) {
                candidates.remove(i);
            }
        }
        return latest < 0 ? null : candidates.remove(latest);
    }

    private static boolean waits(Run run, Item item) {
        int step = item.number() - run.last().number();
        return Math.abs(step) == 1 && (run.step == 0 || run.step == step);
    }
}
