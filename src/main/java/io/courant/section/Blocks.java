package io.courant.section;

import io.courant.post.Body;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
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

    private Blocks() {}

    static List<Block> of(Body body) {
        return switch (body.form()) {
            case TEXT -> text(body.content());
            case MARKDOWN -> HtmlBlocks.of(RENDERER.render(PARSER.parse(body.content())));
            case HTML -> HtmlBlocks.of(body.content());
        };
    }

    private static List<Block> text(String content) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        for (String line : (Iterable<String>) content.lines()::iterator) {
            if (line.isBlank()) {
                add(blocks, paragraph);
            } else {
                paragraph.append(paragraph.isEmpty() ? "" : "\n").append(line.stripTrailing());
            }
        }
        add(blocks, paragraph);
        return blocks;
    }

    private static void add(List<Block> blocks, StringBuilder paragraph) {
        if (!paragraph.isEmpty()) {
            blocks.add(Block.Paragraph.plain(paragraph.toString()));
            paragraph.setLength(0);
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
