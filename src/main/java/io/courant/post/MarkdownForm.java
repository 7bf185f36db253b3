package io.courant.post;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Block;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Markdown. Title and furniture are found in the syntax tree and cut out of the source by their lines, so what
 * is left is still the author's Markdown, and a comment in a code block is never taken for a heading.
 */
final class MarkdownForm {
    private static final int DEEPEST = 100; // nested quotes and lists; the parser descends by recursion
    // Jekyll and Hugo mark code by tags, too; a comment in it would be a heading.
    private static final Pattern HIGHLIGHT = Pattern.compile(
            "^[ \\t]{0,9}\\{(?:%-?|\\{[<%])[ \\t]{0,9}/?[ \\t]{0,9}(?:end)?highlight\\b[^\\n{]{0,200}$",
            Pattern.MULTILINE);
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .maxOpenBlockParsers(DEEPEST)
            .build();
    private static final TextContentRenderer PLAIN = TextContentRenderer.builder()
            .lineBreakRendering(LineBreakRendering.COMPACT)
            .build();

    private MarkdownForm() {}

    static Draft read(String where, String text) {
        FrontMatter.Split split = FrontMatter.split(where, text);
        FrontMatter matter = split.matter();
        String body = HIGHLIGHT.matcher(split.body()).replaceAll("```");
        String[] lines = body.split("\n", -1);
        BitSet dropped = new BitSet();
        List<Node> blocks = dropFurniture(PARSER.parse(body), dropped);
        String title = title(matter.text("title"), blocks, dropped);
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            if (!dropped.get(i)) {
                kept.add(lines[i]);
            }
        }
        return new Draft(
                matter.text("id"),
                title,
                matter.text("author", "authors", "by"),
                matter.date("date", "published", "pubdate"),
                matter.date("updated", "lastmod", "modified"),
                matter.text("lang", "language"),
                matter.link("link", "url", "canonical", "canonical_url", "permalink"),
                matter.list("tags", "categories", "category", "keywords"),
                new Body(Body.Form.MARKDOWN, trim(kept)));
    }

    /** Marks the lines of furniture; the paragraphs and headings that stay. */
    private static List<Node> dropFurniture(Node document, BitSet dropped) {
        List<Node> blocks = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            blocks.add(node);
            texts.add(node instanceof Paragraph || node instanceof Heading ? plain(node) : "not a line:\n\n.");
        }
        BitSet furniture = Furniture.in(texts);
        List<Node> kept = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (furniture.get(i)) {
                lines(blocks.get(i), dropped);
            } else if (blocks.get(i) instanceof Paragraph) {
                dropLines(blocks.get(i), texts.get(i), dropped);
                kept.add(blocks.get(i));
            } else {
                kept.add(blocks.get(i));
            }
        }
        int cut = furniture.isEmpty() ? -1 : furniture.length();
        if (cut == blocks.size() && cut > 0) { // the comment form and what follows, link definitions included
            int first = furniture.previousClearBit(cut - 1) + 1;
            dropped.set(firstLine(blocks.get(first)), Math.max(firstLine(blocks.get(first)) + 1, lastLine(document)));
        }
        return kept;
    }

    /** Marks single lines of furniture in a paragraph of several. */
    private static void dropLines(Node paragraph, String text, BitSet dropped) {
        List<String> lines = text.lines().toList();
        List<SourceSpan> spans = paragraph.getSourceSpans();
        if (lines.size() == spans.size() && lines.size() > 1) {
            BitSet furniture = Furniture.in(lines);
            if (furniture.cardinality() < lines.size()) {
                furniture.stream().forEach(line -> dropped.set(spans.get(line).getLineIndex()));
            }
        }
    }

    private static @Nullable String title(@Nullable String given, List<Node> blocks, BitSet dropped) {
        List<Heading> headings = blocks.stream()
                .filter(Heading.class::isInstance)
                .map(Heading.class::cast)
                .toList();
        Predicate<Heading> alone = heading ->
                headings.stream().noneMatch(other -> other != heading && other.getLevel() <= heading.getLevel());
        Heading first = headings.isEmpty() ? null : headings.get(0);
        boolean opens = first != null && blocks.get(0) == first;
        String text = first == null ? "" : TitleLine.oneLine(plain(first));
        if (given != null) {
            boolean same = first != null && TitleLine.same(text, given);
            if (first != null && (same || (opens && headings.size() > 1 && alone.test(first)))) {
                lines(first, dropped);
            }
            return given;
        }
        if (first != null && !text.isEmpty() && (alone.test(first) || (opens && isAbove(headings)))) {
            boolean onlyHeadingLater = headings.size() == 1 && !opens && first.getLevel() > 1;
            if (!onlyHeadingLater) {
                lines(first, dropped);
                return text;
            }
        }
        return titleParagraph(blocks, dropped);
    }

    /** Whether the first heading, which has others on its level, is a title rather than one of them. */
    private static boolean isAbove(List<Heading> headings) {
        List<String> texts = headings.stream()
                .map(heading -> TitleLine.oneLine(plain(heading)))
                .toList();
        if (TitleLine.isNumbered(texts.get(0)) || TitleLine.isCounted(texts, 0)) {
            return false;
        }
        return headings.get(0).getLevel() == 1
                || texts.stream().filter(TitleLine::isNumbered).count() * 2 > texts.size();
    }

    /** The first paragraph, if it is a single line that could be a title. */
    private static @Nullable String titleParagraph(List<Node> blocks, BitSet dropped) {
        if (blocks.isEmpty() || !(blocks.get(0) instanceof Paragraph paragraph)) {
            return null;
        }
        List<String> lines = plain(paragraph).lines().toList();
        OptionalInt at = TitleLine.in(lines);
        if (at.isEmpty() || lines.size() != paragraph.getSourceSpans().size()) {
            return null;
        }
        dropped.set(paragraph.getSourceSpans().get(at.getAsInt()).getLineIndex());
        return TitleLine.oneLine(lines.get(at.getAsInt()));
    }

    private static String plain(Node node) {
        return PLAIN.render(node).strip();
    }

    private static void lines(Node node, BitSet lines) {
        node.getSourceSpans().forEach(span -> lines.set(span.getLineIndex()));
    }

    private static int firstLine(Node node) {
        return node.getSourceSpans().isEmpty()
                ? 0
                : node.getSourceSpans().get(0).getLineIndex();
    }

    private static int lastLine(Node document) {
        Node last = document.getLastChild();
        List<SourceSpan> spans = last instanceof Block ? last.getSourceSpans() : List.of();
        return spans.isEmpty() ? 0 : spans.get(spans.size() - 1).getLineIndex() + 1;
    }

    /** Without empty lines at the ends; inside they may mean something. */
    private static String trim(List<String> lines) {
        int from = 0;
        int to = lines.size();
        while (from < to && Blank.is(lines.get(from))) {
            from++;
        }
        while (to > from && Blank.is(lines.get(to - 1))) {
            to--;
        }
        return String.join("\n", lines.subList(from, to));
    }
}
