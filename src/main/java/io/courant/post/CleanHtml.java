package io.courant.post;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeVisitor;
import org.jsoup.select.Selector;

/** Makes HTML safe to show: what a post is written with, and nothing that acts, loads or poses as the page around it. */
final class CleanHtml {
    private static final Safelist ALLOWED = Safelist.none()
            .addTags("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd")
            .addTags("blockquote", "q", "cite", "pre", "code", "kbd", "samp", "var", "strong", "b", "em", "i", "u", "s")
            .addTags("del", "ins", "mark", "small", "sub", "sup", "span", "abbr", "time", "a", "img", "figure")
            .addTags("figcaption", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td")
            .addAttributes("a", "href", "title")
            .addAttributes("img", "src", "alt", "title", "width", "height")
            .addAttributes("ol", "start", "reversed")
            .addAttributes("li", "value")
            .addAttributes("th", "colspan", "rowspan")
            .addAttributes("td", "colspan", "rowspan")
            .addAttributes("time", "datetime")
            .addProtocols("a", "href", "http", "https", "mailto")
            .addProtocols("img", "src", "http", "https");

    private static final Evaluator WITHOUT_SOURCE = Selector.evaluatorOf("img:not([src])");
    private static final Evaluator VERBATIM = Selector.evaluatorOf("pre, blockquote, table");

    private CleanHtml() {}

    /** The inner HTML of an element, safe, with links made absolute by the element's base address. */
    static String of(Element content) {
        Document dirty = Document.createShell(content.baseUri());
        dirty.body().appendChild(content.tagName("main")); // not allowed, so the cleaner keeps what is inside
        Document clean = new Cleaner(ALLOWED).clean(dirty);
        clean.outputSettings().prettyPrint(false);
        removeAll(clean.select(WITHOUT_SOURCE));
        unescape(clean.body());
        return clean.body().html().strip();
    }

    /** Cleans what escapes stand for, which the parser has replaced by now. */
    private static void unescape(Element content) {
        content.traverse((node, depth) -> {
            if (node instanceof TextNode text) {
                text.text(Decoding.unescaped(text.getWholeText()));
            } else if (node instanceof Element element) {
                element.attributes().forEach(attribute -> attribute.setValue(Decoding.unescaped(attribute.getValue())));
            }
        });
    }

    /** Removes furniture: of the smallest blocks, those whose whole text is a furniture line. */
    static void dropFurniture(Element content) {
        List<Element> blocks = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Element block : leaves(content)) {
            if (block.closest(VERBATIM) == null) {
                blocks.add(block);
                lines.add(block.text());
            }
        }
        BitSet furniture = Furniture.in(lines);
        removeAll(furniture.stream().mapToObj(blocks::get).toList());
    }

    /** Removes elements, parent by parent: one by one, each removal would move all later siblings. */
    static void removeAll(Collection<Element> elements) {
        Set<Node> gone = new HashSet<>(elements);
        Set<Element> parents = new LinkedHashSet<>();
        elements.forEach(element -> Optional.ofNullable(element.parent()).ifPresent(parents::add));
        for (Element parent : parents) {
            List<Node> kept = parent.childNodes().stream()
                    .filter(child -> !gone.contains(child))
                    .toList();
            parent.empty();
            kept.forEach(parent::appendChild);
        }
    }

    /** Blocks that hold text of their own and no further block, in order. */
    private static Set<Element> leaves(Element content) {
        Set<Element> leaves = new LinkedHashSet<>();
        Set<Element> branches = new HashSet<>();
        content.traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                Element parent = node.parentElement();
                if (parent != null && node instanceof TextNode text && !text.isBlank()) {
                    leaves.add(block(parent));
                } else if (parent != null && node instanceof Element element && element.isBlock()) {
                    branches.add(block(parent));
                }
            }
        });
        leaves.removeAll(branches);
        leaves.remove(content);
        return leaves;
    }

    private static Element block(Element element) {
        Element block = element;
        Element parent = block.parent();
        while (!block.isBlock() && parent != null) {
            block = parent;
            parent = block.parent();
        }
        return block;
    }
}
