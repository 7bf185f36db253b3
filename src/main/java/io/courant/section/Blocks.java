package io.courant.section;

import io.courant.post.Body;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Reads the three forms of a body into blocks. Markdown goes through the HTML it stands for, so that HTML within it and
 * HTML proper are split alike.
 */
final class Blocks {
    private static final int DEEPEST = 100; // nested quotes and lists; parser and renderer descend by recursion
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), AutolinkExtension.create());
    private static final Parser PARSER =
            Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(DEEPEST).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(EXTENSIONS).build();

    private static final int WIDEST = 120; // characters in a line that was wrapped
    private static final int NARROWEST = 45;
    private static final Pattern FENCE = Pattern.compile("\\s{0,12}(`{3,9}|~{3,9})[^`]{0,60}");

    private Blocks() {}

    static List<Block> of(Body body) {
        return switch (body.form()) {
            case TEXT -> text(body.content());
            case MARKDOWN -> HtmlBlocks.of(RENDERER.render(PARSER.parse(body.content())));
            case HTML -> HtmlBlocks.of(body.content());
        };
    }

    private static List<Block> text(String content) {
        List<String> lines = content.lines().map(String::stripTrailing).toList();
        boolean wrapped = isWrapped(lines);
        List<Block> blocks = new ArrayList<>();
        Set<String> open = new HashSet<>(); // fences that nothing closes any more
        int start = 0;
        int i = 0;
        while (i < lines.size()) {
            Matcher fence = FENCE.matcher(lines.get(i));
            int end = fence.matches() && !open.contains(fence.group(1)) ? closing(lines, fence.group(1), i + 1) : i;
            if (end == lines.size()) {
                open.add(fence.group(1));
                end = i;
            }
            if (end > i) {
                add(blocks, lines.subList(start, i), Block.Paragraph::plain);
                add(blocks, lines.subList(i + 1, end), Block.Verbatim::new);
                start = end + 1;
            } else if (lines.get(i).isBlank()) {
                add(blocks, lines.subList(start, i), Block.Paragraph::plain);
                start = i + 1;
            } else if (i > start && opensParagraph(lines, i, wrapped)) {
                add(blocks, lines.subList(start, i), Block.Paragraph::plain);
                start = i;
            }
            i = end + 1;
        }
        add(blocks, lines.subList(start, lines.size()), Block.Paragraph::plain);
        return blocks;
    }

    /** Whether lines are broken within paragraphs: then a number may stand first in a line by chance. */
    private static boolean isWrapped(List<String> lines) {
        long all = 0;
        long whole = 0;
        int further = 0;
        int lower = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            all += line.length();
            whole += line.length() > WIDEST ? line.length() : 0;
            if (i > 0 && !line.isEmpty() && !lines.get(i - 1).isEmpty()) {
                further++;
                lower += Character.isLowerCase(line.codePointAt(0)) ? 1 : 0;
            }
        }
        return whole * 5 < all && lower * 5 > further;
    }

    /** Whether a line without an empty one before it is a heading all the same, and no item among others. */
    private static boolean opensParagraph(List<String> lines, int i, boolean wrapped) {
        String line = lines.get(i);
        String before = lines.get(i - 1);
        String after = i + 1 < lines.size() ? lines.get(i + 1).strip() : "";
        Optional<ListNumber> number = ListNumber.prefix(line);
        if (number.isEmpty()) {
            return !wrapped && AdminHeading.is(line);
        }
        boolean among =
                isNear(number.get(), ListNumber.prefix(before)) || isNear(number.get(), ListNumber.prefix(after));
        if (!wrapped) {
            return !among || line.length() > WIDEST;
        }
        boolean sentenceBefore = ".!?…。".indexOf(before.charAt(before.length() - 1)) >= 0;
        return !among
                && sentenceBefore
                && ListNumber.fits(number.get().heading())
                && !after.isEmpty()
                && !Character.isLowerCase(after.codePointAt(0))
                && !isFull(line, after, Math.max(before.length(), after.length()));
    }

    /**
     * Whether a line was broken because it is as long as lines may be.
     *
     * @param width the longest of the other lines around it
     */
    static boolean isFull(String line, String next, int width) {
        int word = next.indexOf(' ') < 0 ? next.length() : next.indexOf(' ');
        boolean alike = width * 4 >= line.length() * 3 || Character.isLowerCase(next.codePointAt(0));
        return line.length() >= NARROWEST && line.length() + 1 + word > width && alike;
    }

    private static boolean isNear(ListNumber one, Optional<ListNumber> other) {
        return other.isPresent() && Math.abs(other.get().value() - one.value()) == 1;
    }

    private static int closing(List<String> lines, String fence, int from) {
        int i = from;
        while (i < lines.size() && !lines.get(i).strip().equals(fence)) {
            i++;
        }
        return i;
    }

    private static void add(List<Block> blocks, List<String> lines, Function<String, Block> block) {
        String text = String.join("\n", lines);
        if (!text.isBlank()) {
            blocks.add(block.apply(text));
        }
    }

    /** The text of blocks, paragraphs separated by an empty line. */
    static String text(List<Block> blocks) {
        return String.join(
                "\n\n",
                blocks.stream()
                        .map(Block::text)
                        .filter(Predicate.not(String::isBlank))
                        .toList());
    }

    /** The first line of a text. */
    static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** How many words a line has. */
    static long words(String line) {
        return Arrays.stream(line.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .count();
    }
}
