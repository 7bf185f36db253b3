package io.courant.post;

import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Tells web pages from feeds, and finds the feeds that a page offers (HTML Living Standard section 4.6.7.1). */
final class FeedLinks {
    private static final int HEAD = 64 * 1024;
    private static final Set<String> TYPES =
            Set.of("application/rss+xml", "application/atom+xml", "application/feed+json");

    /** What goes before a document's first element, and that element's name. */
    private static final Pattern FIRST_ELEMENT = Pattern.compile("<([a-zA-Z][\\w.-]*:)?([a-zA-Z][\\w.-]*)");

    private static final Pattern BEFORE = Pattern.compile("(?s)<!--.*?(?:-->|\\z)|<\\?.*?(?:>|\\z)");
    private static final Pattern HTML_DOCTYPE = Pattern.compile("(?i)<!doctype\\s{1,9}html\\b");
    private static final Set<String> FEED_ROOTS = Set.of("rss", "feed", "rdf");
    private static final Set<String> PAGE_ROOTS = Set.of(
            "html",
            "head",
            "body",
            "title",
            "meta",
            "link",
            "script",
            "style",
            "base",
            "div",
            "p",
            "h1",
            "a",
            "table",
            "br",
            "font",
            "center",
            "noscript",
            "main",
            "header",
            "article",
            "section",
            "nav",
            "span",
            "iframe");

    /** In the languages that blogs are commonly set up in. */
    private static final Pattern COMMENTS =
            Pattern.compile("comment|kommentar|coment[aá]ri|commento|commenti|reactie|komentar|комментари|コメント|评论");

    private FeedLinks() {}

    /**
     * Whether a document is an HTML page. Its beginning decides, since many a feed is sent as text/html; the type does
     * only if the beginning says nothing.
     */
    static boolean isPage(byte[] document, @Nullable String contentType) {
        String head = Decoding.xml(Arrays.copyOf(document, Math.min(document.length, HEAD)), contentType);
        String text = BEFORE.matcher(head).replaceAll("").stripLeading();
        boolean html = contentType != null && type(contentType).matches("text/html|application/xhtml\\+xml");
        if (text.startsWith("{") || text.startsWith("[")) {
            return false;
        }
        Matcher element = FIRST_ELEMENT.matcher(FeedXml.withoutDoctype(text));
        if (!element.find()) {
            return html || HTML_DOCTYPE.matcher(text).lookingAt();
        }
        String root = element.group(2).toLowerCase(Locale.ROOT);
        if (FEED_ROOTS.contains(root)) {
            return false;
        }
        return html || PAGE_ROOTS.contains(root) || HTML_DOCTYPE.matcher(text).lookingAt();
    }

    /** The feed that a page offers first, which stands for the page; one of comments only if there is no other. */
    static Optional<URI> best(byte[] page, @Nullable String contentType, URI uri) {
        return in(page, contentType, uri).stream().findFirst();
    }

    /** The feeds that a page offers, the best first. */
    static List<URI> in(byte[] page, @Nullable String contentType, URI uri) {
        return Jsoup.parse(text(page, contentType), uri.toString()).select("link[rel][href]").stream()
                .filter(FeedLinks::isFeed)
                .sorted(Comparator.comparing(FeedLinks::isOfComments))
                .flatMap(link -> Links.web(link.absUrl("href"), null).stream())
                .distinct()
                .toList();
    }

    private static String text(byte[] page, @Nullable String contentType) {
        boolean named =
                contentType != null && contentType.toLowerCase(Locale.ROOT).contains("charset");
        return named ? Decoding.xml(page, contentType) : Decoding.html(page);
    }

    private static boolean isFeed(Element link) {
        List<String> relations =
                List.of(link.attr("rel").toLowerCase(Locale.ROOT).strip().split("\\s+"));
        if (!relations.contains("alternate") || relations.contains("stylesheet")) {
            return false;
        }
        String type = type(link.attr("type"));
        // JSON Feed 1.0 had no type of its own; WordPress gives this one to what is no feed.
        boolean jsonFeed = type.equals("application/json")
                && words(link).contains("feed")
                && !words(link).contains("oembed");
        return TYPES.contains(type) || jsonFeed;
    }

    private static boolean isOfComments(Element link) {
        return COMMENTS.matcher(words(link)).find();
    }

    private static String words(Element link) {
        return (link.attr("title") + " " + link.attr("href")).toLowerCase(Locale.ROOT);
    }

    /** A media type without its parameters. */
    private static String type(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
