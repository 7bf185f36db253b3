package io.courant.post;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * A list of subscriptions as feed readers export it: OPML 1.0, 1.1 and 2.0, well-formed or not. A feed that is listed
 * twice, in two folders perhaps, is there once; a subscription that is none becomes a problem.
 *
 * @param title one line; empty if there is none
 */
public record Opml(String title, List<Outline> outlines, List<Problem> problems) {
    public Opml {
        outlines = List.copyOf(outlines);
        problems = List.copyOf(problems);
    }

    /**
     * A feed in the list.
     *
     * @param name one line, never empty: the feed's host where the list has no name for it
     * @param home the page that it belongs to, if the list says
     * @param folders from the outermost to the one that it is in
     */
    public record Outline(String name, URI feed, @Nullable URI home, List<String> folders) {
        public Outline {
            folders = List.copyOf(folders);
        }
    }

    /**
     * Reads a list from a file.
     *
     * @throws PostException if there is none in it
     */
    public static Opml read(Path file) {
        String where = file.toString();
        return parse(where, PostReader.bytes(file, where));
    }

    static Opml parse(String where, byte[] bytes) {
        String text = FeedXml.withoutDoctype(Decoding.xml(bytes, null).stripLeading());
        Document document = Jsoup.parse(text, "", Parser.xmlParser().setTrackPosition(true));
        Element root = document.firstElementChild();
        if (root == null || !root.normalName().matches("opml|head|body|outline")) {
            throw new PostException(
                    where,
                    "is no OPML (" + (root == null ? "there is no XML in it" : "it is <" + root.tagName() + ">")
                            + "); export the subscriptions of a feed reader as OPML");
        }
        Walk walk = new Walk(where);
        document.traverse(walk);
        return new Opml(FeedForm.title("", walk.title), walk.outlines, walk.problems);
    }

    /** Goes through the outlines, which may lie in each other to any depth. */
    private static final class Walk implements NodeVisitor {
        private final String where;
        private final List<Outline> outlines = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private final Deque<String> folders = new ArrayDeque<>();
        private @Nullable String title;

        Walk(String where) {
            this.where = where;
        }

        @Override
        public void head(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            if (element.normalName().equals("title") && title == null) {
                title = element.text();
            } else if (element.normalName().equals("outline")) {
                outline(element);
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (isFolder(node)) {
                folders.removeLast();
            }
        }

        private static boolean isFolder(Node node) {
            return node instanceof Element element
                    && element.normalName().equals("outline")
                    && address(element).isEmpty()
                    && !name(element).isEmpty();
        }

        private void outline(Element outline) {
            String address = address(outline);
            if (isFolder(outline)) {
                folders.addLast(name(outline));
            }
            if (address.isEmpty()) {
                return;
            }
            URI feed = Links.web(web(address), null).orElse(null);
            if (feed == null) {
                String name = name(outline);
                problems.add(new Problem(
                        where + ":" + outline.sourceRange().start().lineNumber(),
                        "'" + TitleLine.oneLine(address) + "'" + (name.isEmpty() ? "" : " of '" + name + "'")
                                + " is no web address (expected http://… or https://…)"));
            } else if (seen.add(key(feed))) {
                String name = name(outline);
                outlines.add(new Outline(
                        name.isEmpty() ? feed.getHost() : name,
                        feed,
                        Links.web(attribute(outline, "htmlUrl"), null).orElse(null),
                        List.copyOf(folders)));
            }
        }

        /** OPML 2.0 has xmlUrl; some lists have url, which without a type of feed is any link. */
        private static String address(Element outline) {
            String address = attribute(outline, "xmlUrl");
            boolean feed = attribute(outline, "type").toLowerCase(Locale.ROOT).matches("rss|atom|feed");
            return address.isEmpty() && feed ? attribute(outline, "url") : address;
        }

        private static String name(Element outline) {
            String text = FeedForm.title("", attribute(outline, "text"));
            return text.isEmpty() ? FeedForm.title("", attribute(outline, "title")) : text;
        }

        private static String attribute(Element outline, String name) {
            return outline.attributes().getIgnoreCase(name).strip();
        }

        /** As browsers once subscribed: {@code feed://host/path} and {@code feed:https://host/path}. */
        private static String web(String address) {
            return address.replaceFirst("(?i)^feed:(?=https?:)", "").replaceFirst("(?i)^feed://", "http://");
        }

        /** Addresses that differ in the case of their host, or in a fragment, lead to the same feed. */
        private static String key(URI feed) {
            String host = feed.getHost().toLowerCase(Locale.ROOT);
            return host + ":" + feed.getPort() + feed.getRawPath() + "?" + feed.getRawQuery();
        }
    }
}
