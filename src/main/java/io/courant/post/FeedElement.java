package io.courant.post;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * An element of a feed, known by a name in small letters that does not depend on the prefix that the feed chose:
 * {@code title}, {@code dc:date}, {@code content:encoded}. What belongs to the feed's own format has no prefix.
 */
record FeedElement(Element element, String own) {
    private static final String ATOM = "atom";

    /** By namespace, without case and final slash: feeds are not exact about either. */
    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("http://www.w3.org/2005/atom", ATOM),
            Map.entry("http://purl.org/atom/ns#", ATOM),
            Map.entry("http://purl.org/rss/1.0", ""),
            Map.entry("http://my.netscape.com/rdf/simple/0.9", ""),
            Map.entry("http://channel.netscape.com/rdf/simple/0.9", ""),
            Map.entry("http://backend.userland.com/rss2", ""),
            Map.entry("http://purl.org/rss/1.0/modules/content", "content"),
            Map.entry("http://purl.org/dc/elements/1.1", "dc"),
            Map.entry("http://purl.org/dc/terms", "dcterms"),
            Map.entry("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
            Map.entry("http://search.yahoo.com/mrss", "media"),
            Map.entry("http://www.w3.org/1999/xhtml", "xhtml"),
            Map.entry("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"));

    /** The root of a feed; elements of its namespace are its own. */
    static FeedElement root(Element element) {
        String name = name(element);
        String prefix = name.substring(0, name.indexOf(':') + 1);
        return new FeedElement(element, prefix);
    }

    String name() {
        String name = name(element);
        return !own.isEmpty() && name.startsWith(own) ? name.substring(own.length()) : name;
    }

    private static String name(Element element) {
        String tag = element.tagName();
        int colon = tag.indexOf(':');
        String local = tag.substring(colon + 1).toLowerCase(Locale.ROOT);
        String written = colon < 0 ? "" : tag.substring(0, colon);
        String prefix = namespace(element, written.isEmpty() ? "xmlns" : "xmlns:" + written)
                .map(PREFIXES::get)
                .orElse(written.toLowerCase(Locale.ROOT)); // one that nobody declared usually means what it says
        return prefix.isEmpty() ? local : prefix + ":" + local;
    }

    private static Optional<String> namespace(Element element, String attribute) {
        for (Element at = element; at != null; at = at.parent()) {
            if (at.hasAttr(attribute)) {
                return Optional.of(
                        at.attr(attribute).strip().toLowerCase(Locale.ROOT).replaceFirst("/$", ""));
            }
        }
        return Optional.empty();
    }

    List<FeedElement> children(String name) {
        List<FeedElement> children = new ArrayList<>();
        for (Element child : element.children()) {
            FeedElement one = new FeedElement(child, own);
            if (one.name().equals(name)) {
                children.add(one);
            }
        }
        return children;
    }

    /** The last of that name: where a feed says something twice, most readers take the last. */
    Optional<FeedElement> child(String name) {
        List<FeedElement> children = children(name);
        return children.isEmpty() ? Optional.empty() : Optional.of(children.get(children.size() - 1));
    }

    /** The first of the names that has a text. */
    Optional<String> text(String... names) {
        return Stream.of(names)
                .flatMap(name -> child(name).stream())
                .map(FeedElement::text)
                .filter(text -> !Blank.is(text))
                .findFirst();
    }

    /** What is between the tags, markup that was not escaped as markup. */
    String text() {
        return element.childrenSize() == 0
                ? element.wholeText().strip()
                : element.html().replaceAll("<(/?)\\w{1,20}:", "<$1").strip();
    }

    boolean hasMarkup() {
        return element.childrenSize() > 0;
    }

    /** An attribute in small letters; empty if there is none. */
    String word(String attribute) {
        return element.attr(attribute).strip().toLowerCase(Locale.ROOT);
    }

    String attribute(String name) {
        return element.attr(name).strip();
    }

    /** The language of the nearest element that says one (XML 1.0 section 2.12). */
    Optional<String> language() {
        return Optional.ofNullable(element.closest("[xml:lang]"))
                .map(at -> at.attr("xml:lang").strip())
                .filter(language -> !language.isEmpty());
    }

    /** Where relative links within it start (XML Base), which is where the feed came from unless it says otherwise. */
    @Nullable
    URI base(@Nullable URI feed) {
        Deque<String> bases = new ArrayDeque<>();
        for (Element at = element; at != null; at = at.parent()) {
            if (at.hasAttr("xml:base")) {
                bases.push(at.attr("xml:base"));
            }
        }
        URI base = feed;
        for (String one : bases) {
            base = Links.web(one, base).orElse(base);
        }
        return base;
    }
}
