package io.courant.post;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeVisitor;
import org.jsoup.select.Selector;

/**
 * Finds the part of a web page that is the post. Elements that are furniture by their tag, role or class go first;
 * then the most specific container with enough text wins; a page without such containers is descended as long as one
 * child holds nearly all of its text.
 */
final class MainContent {
    // Parsed once: each entry of a feed is asked for them.
    private static final Evaluator NEVER_TEXT =
            Selector.evaluatorOf("script, style, noscript, template, iframe, object, embed, svg, canvas,"
                    + " button, input, select, textarea, dialog, link, meta, [hidden]");
    private static final Evaluator AROUND =
            Selector.evaluatorOf("nav, aside, footer, form, menu, [role=navigation], [role=banner],"
                    + " [role=contentinfo], [role=complementary], [role=search], [role=dialog], [role=alertdialog]");
    private static final Evaluator NAMED = Selector.evaluatorOf("[class], [id]");
    private static final String COMMENTS = "#comments, #respond, #disqus_thread, .comments-area, .comment-respond,"
            + " .comment-list, .commentlist, .comments-list, .wp-block-comments";
    private static final Pattern FURNITURE = Pattern.compile(
            "(comments?|respond|reply|disqus|sharedaddy|sharing|share|sd-(sharing|block|like|title)|social|addtoany"
                    + "|a2a|heateor|jp-(relatedposts|post-flair)|related|yarpp|recommended|read-next|breadcrumbs?"
                    + "|sidebar|widget(-area)?|widget_\\w+|nav|navbar|navigation|nav-(links|single|previous|next|menu)"
                    + "|(main|primary|secondary|top|mobile)-(nav|navigation|menu)|menu"
                    + "|(post|posts|entry|article)-(nav|navigation|pagination|tags|tag|meta|author|share|sharing|social"
                    + "|date|terms|categories|category|cats|comments|footer|utility|byline|taxonomies)"
                    + "|wp-block-(comments|latest|tag-cloud|categories|archives|search|social|query|navigation)"
                    + "|wp-block-post-(author|date|terms|navigation|comments|title)|tags-links|cat-links|tagcloud|byline"
                    + "|posted-(on|in|by)|author-(box|bio|info)|about-author|site-(header|footer|nav|branding|info)"
                    + "|masthead|colophon|(page-)?footer|toc|ez-toc|lwptoc|table-of-contents|newsletter|subscribe"
                    + "|subscription|optin|signup|popup|modal|overlay|cookies?|gdpr|consent|cky|cmplz|cc-window"
                    + "|advert(isement)?s?|ads?|adsbygoogle|sponsor(ed)?|promo|banner|skip-link|screen-reader-text"
                    + "|sr-only|visually-hidden|print-only|pagination|pager|reading-time)([-_].*)?");
    private static final List<String> CONTAINERS = List.of(
            "[itemprop=articleBody]",
            ".entry-content, .e-content, .post-content, .article-content, .article-body, .post-body, .td-post-content,"
                    + " .wp-block-post-content, .single-content, .blog-content, .markdown-body, .gh-content",
            "article",
            "main, [role=main]",
            "#content, #main, .content, .main-content, .post, .hentry");
    private static final double ENOUGH = 0.35;
    private static final double NEARLY_ALL = 0.85;

    private MainContent() {}

    /** Takes the page apart; what is not the post is removed from it. */
    static Element of(Document page) {
        Element body = page.body();
        CleanHtml.removeAll(body.select(NEVER_TEXT));
        CleanHtml.removeAll(body.select("a[href^=#]:matchesOwn(^[#¶§🔗]?$)")); // permalinks beside headings
        CleanHtml.removeAll(
                body.select("ul, ol").stream().filter(MainContent::isContents).toList());
        for (Element comments : body.select(COMMENTS)) {
            if (!comments.equals(body) && comments.selectFirst("h1, main, .entry-content, .post-content") == null) {
                comments.remove();
            }
        }
        dropAround(body);
        Map<Element, Integer> mass = mass(body);
        int all = mass.getOrDefault(body, 0);
        for (String container : CONTAINERS) {
            Element largest = body.select(container).stream()
                    .filter(element -> mass.getOrDefault(element, 0) > all * ENOUGH)
                    .max(Comparator.comparingInt(element -> mass.getOrDefault(element, 0)))
                    .orElse(null);
            if (largest != null) {
                return largest;
            }
        }
        return densest(body, mass);
    }

    /** The content of a feed's entry, which is the post already and only loses what plug-ins add to it. */
    static Element ofFragment(Document fragment) {
        CleanHtml.removeAll(fragment.body().select(NEVER_TEXT));
        dropAround(fragment.body());
        return fragment.body();
    }

    private static void dropAround(Element body) {
        Map<Element, Integer> mass = mass(body);
        int half = mass.getOrDefault(body, 0) / 2;
        for (Element header : body.getElementsByTag("header")) {
            if (header.closest("article, main, section") != null && header.selectFirst("h1, h2, h3, h4") != null) {
                header.select("nav, p, ul, ol, time, span:not(:has(h1, h2, h3, h4))").stream()
                        .filter(part -> part.closest("h1, h2, h3, h4, h5, h6") == null)
                        .filter(part -> mass.getOrDefault(part, 0) < half)
                        .forEach(Node::remove);
                header.tagName("div");
            } else if (mass.getOrDefault(header, 0) <= half) {
                header.remove();
            }
        }
        List<Element> around = new ArrayList<>(body.select(AROUND));
        body.select(NAMED).stream().filter(MainContent::isFurniture).forEach(around::add);
        CleanHtml.removeAll(around.stream()
                .filter(element -> mass.getOrDefault(element, 0) <= half)
                .toList());
    }

    /** Whether a list is a table of contents: all its items lead to places on the same page. */
    private static boolean isContents(Element list) {
        return list.childrenSize() > 1
                && list.children().stream().allMatch(item -> {
                    Element link = item.firstElementChild();
                    return link != null
                            && link.normalName().equals("a")
                            && link.attr("href").startsWith("#")
                            && item.ownText().isBlank();
                });
    }

    private static boolean isFurniture(Element element) {
        return switch (element.normalName()) {
            case "body", "main", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "table" -> false;
            case "article" -> element.classNames().stream().anyMatch(name -> name.startsWith("comment"));
            default -> element.classNames().stream().anyMatch(MainContent::isFurniture) || isFurniture(element.id());
        };
    }

    private static boolean isFurniture(String name) {
        return name.length() < 100
                && FURNITURE.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** How much text outside links each element holds, in one pass. */
    private static Map<Element, Integer> mass(Element root) {
        Map<Element, Integer> mass = new HashMap<>();
        root.traverse(new NodeVisitor() {
            private int links;

            @Override
            public void head(Node node, int depth) {
                if (node instanceof Element element && element.normalName().equals("a")) {
                    links++;
                } else if (node instanceof TextNode text && links == 0) {
                    add(text, text.text().strip().length());
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (node instanceof Element element) {
                    if (element.normalName().equals("a")) {
                        links--;
                    }
                    if (!element.equals(root)) {
                        add(element, mass.getOrDefault(element, 0));
                    }
                }
            }

            private void add(Node child, int length) {
                Element parent = child.parentElement();
                if (parent != null) {
                    mass.merge(parent, length, Integer::sum);
                }
            }
        });
        return mass;
    }

    private static Element densest(Element body, Map<Element, Integer> mass) {
        Element densest = body;
        while (true) {
            int enough = (int) (mass.getOrDefault(densest, 0) * NEARLY_ALL);
            Element next = densest.children().stream()
                    .filter(child -> child.isBlock() && !child.normalName().matches("p|ul|ol|table|pre|blockquote"))
                    .filter(child -> mass.getOrDefault(child, 0) > enough)
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                return densest;
            }
            densest = next;
        }
    }
}
