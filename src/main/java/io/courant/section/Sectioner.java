package io.courant.section;

import io.courant.post.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Splits a post into its trend sections as its author structured it: by headings, else by numbered lines, numbered bold
 * text or ordered lists, else by paragraphs in bold. What opens and what closes an article is no trend. The same
 * article gives the same outline in all three forms, and takes time in proportion to its length.
 */
public final class Sectioner {
    private static final int TAIL_LONGEST = 60;
    private static final long TAIL_MOST_WORDS = 8;

    /** The outline of a post; a post without at least two trend headings is one section. */
    public Outline split(Post post) {
        List<Block> blocks = Blocks.of(post.body());
        List<Mark> marks = HeadingMarks.in(blocks);
        List<Mark> trends = trends(marks, blocks);
        boolean byLines = false;
        if (trends.stream().noneMatch(Mark::numbered)) {
            List<Mark> numbered = NumberedMarks.in(blocks);
            int count = trends(numbered, blocks).size();
            byLines = marks.isEmpty() || count >= 2 * trends.size() || announces(post.title(), count);
            if (byLines) { // headings that group a list, or stand around it
                marks = numbered;
                trends = trends(marks, blocks);
            }
        }
        if (trends.size() < 2) {
            byLines = false;
            marks = BoldMarks.in(blocks);
            trends = trends(marks, blocks);
        }
        if (trends.size() < 2) {
            return whole(post, blocks);
        }
        return outline(post, blocks, marks, trends, byLines);
    }

    /** Whether a title says how many trends there are, as in "7 trends to watch". */
    private static boolean announces(String title, int count) {
        return count > 2
                && Pattern.compile("(?<![\\p{L}\\p{N}.,])" + count + "(?![\\p{L}\\p{N}.,%])")
                        .matcher(title)
                        .find();
    }

    private static Outline whole(Post post, List<Block> blocks) {
        String text = Blocks.text(blocks);
        return text.isEmpty()
                ? new Outline(post.title(), "", List.of(), null)
                : new Outline(post.title(), "", List.of(new Section(post.title(), subheadings(blocks), text)), null);
    }

    /** The marks that open trends: no admin headings, and in a numbered list only the numbered ones. */
    private static List<Mark> trends(List<Mark> marks, List<Block> blocks) {
        boolean numbered = marks.stream().anyMatch(mark -> mark.numbered() && !mark.isAdmin());
        List<Mark> trends = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            int end = i + 1 < marks.size() ? marks.get(i + 1).block() : blocks.size();
            boolean empty = mark.rest().isBlank()
                    && Blocks.text(blocks.subList(mark.block() + 1, end)).isEmpty();
            if (!mark.isAdmin() && (mark.numbered() || (!numbered && !empty))) {
                trends.add(mark);
            }
        }
        return trends;
    }

    private static Outline outline(
            Post post, List<Block> blocks, List<Mark> marks, List<Mark> trends, boolean byLines) {
        Mark last = trends.get(trends.size() - 1);
        boolean adminWithin = hasAdmin(blocks.subList(trends.get(0).block(), last.block()));
        Optional<Mark> nextMark =
                marks.stream().filter(mark -> mark.block() > last.block()).findFirst();
        int end = nextMark.map(Mark::block).orElse(blocks.size());
        Mark tail = tailWithin(blocks, last, end, byLines, adminWithin)
                .or(() -> nextMark)
                .orElse(null);
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < trends.size(); i++) {
            int next = i + 1 < trends.size() ? trends.get(i + 1).block() : tail == null ? blocks.size() : tail.block();
            sections.add(section(trends.get(i), blocks, next));
        }
        List<Block> before = blocks.subList(0, trends.get(0).block());
        String intro = Blocks.text(before.stream()
                .filter(block -> !isAdmin(block) || block.text().indexOf('\n') >= 0)
                .toList());
        return new Outline(post.title(), intro, sections, tail == null ? null : section(tail, blocks, blocks.size()));
    }

    private static Section section(Mark mark, List<Block> blocks, int end) {
        List<Block> inside = new ArrayList<>();
        if (!mark.rest().isBlank()) {
            inside.add(Block.Paragraph.plain(mark.rest()));
        }
        inside.addAll(blocks.subList(mark.block() + 1, end));
        return new Section(mark.heading(), subheadings(inside), Blocks.text(inside));
    }

    private static List<String> subheadings(List<Block> blocks) {
        return blocks.stream()
                .filter(Block.Heading.class::isInstance)
                .map(Block::text)
                .toList();
    }

    /**
     * The tail that opens inside the last section: at an admin heading, or in a list that is numbered line by line at a
     * short line without number.
     */
    private static Optional<Mark> tailWithin(
            List<Block> blocks, Mark last, int end, boolean byLines, boolean adminWithin) {
        boolean text = !last.rest().isBlank();
        for (int i = last.block() + 1; i < end; i++) {
            Block block = blocks.get(i);
            boolean opens = (isAdmin(block) && !adminWithin)
                    || (byLines && isShortLine(block, blocks.get(last.block())) && i + 1 < end);
            if (text && opens) {
                String line = Blocks.firstLine(block.text());
                return Optional.of(new Mark(
                        i, heading(line), block.text().substring(line.length()).strip(), false));
            }
            text = true;
        }
        return Optional.empty();
    }

    private static String heading(String line) {
        return ListNumber.prefix(line).map(ListNumber::heading).orElse(line).replaceFirst("\\s{0,9}:$", "");
    }

    private static boolean hasAdmin(List<Block> blocks) {
        return blocks.stream().anyMatch(Sectioner::isAdmin);
    }

    private static boolean isAdmin(Block block) {
        boolean outside =
                block instanceof Block.Heading || (block instanceof Block.Paragraph line && line.number() == 0);
        return outside && AdminHeading.is(heading(Blocks.firstLine(block.text())));
    }

    private static boolean isShortLine(Block block, Block section) {
        if (block instanceof Block.Heading heading) {
            return !(section instanceof Block.Heading opening) || heading.level() <= opening.level();
        }
        String line = block.text();
        return block instanceof Block.Paragraph paragraph
                && paragraph.number() == 0
                && line.length() >= 2
                && line.length() <= TAIL_LONGEST
                && ListNumber.fits(line)
                && Blocks.words(line) <= TAIL_MOST_WORDS
                && "!?…\"”".indexOf(line.charAt(line.length() - 1)) < 0
                && Character.isLetter(line.codePointAt(0))
                && !Character.isLowerCase(line.codePointAt(0));
    }
}
