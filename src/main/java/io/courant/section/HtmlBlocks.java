package io.courant.section;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Walks through HTML once and collects its blocks. */
final class HtmlBlocks implements NodeVisitor {
    private static final Set<String> BOLD = Set.of("strong", "b");
    private static final Set<String> VERBATIM = Set.of("blockquote", "pre", "table");
    private static final Set<String> SKIPPED = Set.of("script", "style", "template", "noscript", "iframe", "title");

    private static final int LONGEST_HEADING = 250; // prose above a line of hyphens is no heading either

    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder lead = new StringBuilder();
    private final StringBuilder picture = new StringBuilder();
    private final Map<Element, Integer> lastNumbers = new HashMap<>();
    private int bold;
    private int verbatim;
    private int preformatted;
    private int skipped;
    private int lists;
    private int heading;
    private int number;
    private boolean leadOver;

    private HtmlBlocks() {}

    static List<Block> of(String html) {
        Element body = Jsoup.parseBodyFragment(html).body();
        // A table of contents repeats the headings; its items only lead to places on the same page.
        body.select("ul, ol").stream().filter(HtmlBlocks::isContents).toList().forEach(Node::remove);
        HtmlBlocks walk = new HtmlBlocks();
        body.traverse(walk);
        walk.flush();
        return walk.blocks;
    }

    private static boolean isContents(Element list) {
        return !list.children().isEmpty() && list.children().stream().allMatch(HtmlBlocks::leadsWithin);
    }

    private static boolean leadsWithin(Element item) {
        Element first = item.firstElementChild();
        Element link = first != null && first.normalName().equals("p") ? first.firstElementChild() : first;
        return link != null
                && link.normalName().equals("a")
                && link.attr("href").startsWith("#")
                && item.ownText().isBlank();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode words) {
            append(words.getWholeText());
        } else if (node instanceof Element element) {
            open(element, element.normalName());
        }
    }

    private void open(Element element, String name) {
        if (SKIPPED.contains(name)) {
            skipped++;
        } else if (name.equals("br")) {
            text.append('\n');
        } else if (name.equals("img") && heading > 0) {
            picture.append(element.attr("alt")).append(' ');
        } else if (BOLD.contains(name)) {
            bold++;
        } else if (name.equals("td") || name.equals("th")) {
            append(text.isEmpty() ? "" : " | ");
        } else if (element.isBlock()) {
            flush();
            if (VERBATIM.contains(name)) {
                verbatim++;
                preformatted += name.equals("pre") ? 1 : 0;
            } else if (name.equals("ul") || name.equals("ol")) {
                lists++;
            } else if (name.equals("li")) {
                number = number(element);
            } else if (level(name) > 0) {
                heading = level(name);
            }
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return;
        }
        String name = element.normalName();
        if (SKIPPED.contains(name)) {
            skipped--;
        } else if (BOLD.contains(name)) {
            bold--;
        } else if (element.isBlock() && !name.equals("td") && !name.equals("th")) {
            flush();
            if (VERBATIM.contains(name)) {
                verbatim--;
                preformatted -= name.equals("pre") ? 1 : 0;
            } else if (name.equals("ul") || name.equals("ol")) {
                lists--;
            } else if (name.equals("li")) {
                number = 0;
            } else if (level(name) > 0) {
                heading = 0;
            }
        }
    }

    private static int level(String name) {
        return name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6'
                ? name.charAt(1) - '0'
                : 0;
    }

    /** The number that a browser shows before an item: {@code value}, else one further than the item before. */
    private int number(Element item) {
        Element list = item.parent();
        if (list == null || !list.normalName().equals("ol") || lists > 1) {
            return -1;
        }
        boolean reversed = list.hasAttr("reversed");
        int first = integer(list.attr("start"), reversed ? list.childrenSize() : 1);
        Integer before = lastNumbers.get(list);
        int next = integer(item.attr("value"), before == null ? first : reversed ? before - 1 : before + 1);
        lastNumbers.put(list, next);
        return next;
    }

    private static int integer(String text, int otherwise) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : otherwise;
    }

    private void append(String words) {
        if (skipped > 0) {
            return;
        }
        if (!words.isBlank() && bold == 0) {
            leadOver = true;
        }
        if (!leadOver) {
            lead.append(words);
        }
        text.append(preformatted > 0 ? words : words.replace('\n', ' '));
    }

    private void flush() {
        String plain = preformatted > 0 ? text.toString().strip() : lines(text);
        String bolds = lines(lead).replace('\n', ' ');
        if (heading > 0 && plain.codePoints().noneMatch(Character::isLetter)) {
            plain = lines(plain + " " + picture); // a logo for a heading
        }
        text.setLength(0);
        lead.setLength(0);
        picture.setLength(0);
        leadOver = false;
        if (plain.isEmpty()) {
            return;
        }
        if (verbatim > 0) {
            blocks.add(new Block.Verbatim(plain));
        } else if (heading > 0 && lists == 0 && plain.length() <= LONGEST_HEADING) {
            blocks.add(new Block.Heading(heading, plain.replace('\n', ' ')));
        } else {
            blocks.add(new Block.Paragraph(plain, bolds, number));
        }
        number = 0;
    }

    /** Lines without the space that HTML source has around and between words. */
    private static String lines(CharSequence raw) {
        StringBuilder text = new StringBuilder(raw.length());
        boolean gap = false;
        boolean wrap = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\n') {
                wrap = true;
            } else if (Character.isWhitespace(c) || c == '\u00A0') {
                gap = true;
            } else {
                if (!text.isEmpty()) {
                    text.append(wrap ? "\n" : gap ? " " : "");
                }
                text.append(c);
                gap = false;
                wrap = false;
            }
        }
        return text.toString();
    }
}
