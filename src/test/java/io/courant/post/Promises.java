package io.courant.post;

import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What everybody behind the parsers relies on, whatever was parsed. */
final class Promises {
    private static final Set<String> ACTING = Set.of(
            "script",
            "style",
            "iframe",
            "frame",
            "object",
            "embed",
            "applet",
            "form",
            "input",
            "button",
            "textarea",
            "link",
            "meta",
            "base",
            "svg",
            "math",
            "template",
            "noscript",
            "video",
            "audio",
            "title",
            "xmp",
            "plaintext");
    private static final Set<String> WITH_ADDRESS = Set.of("href", "src");
    private static final Source.Location LOCATION = new Source.FeedUri(URI.create("https://example.org/feed"));

    private Promises() {}

    static void areKeptBy(Feed feed) {
        isLineOrEmpty("title of the feed", feed.title());
        isWeb("link of the feed", feed.link());
        isNameOrNull("language", feed.language());
        feed.entries().forEach(Promises::areKeptBy);
        for (Source.Identity identity : Source.Identity.values()) {
            EntryPosts.of(source(identity), "feed", feed, Promises::areKeptBy)
                    .forEach(problem -> isOneLine("problem", problem.toString()));
        }
    }

    static Source source(Source.Identity identity) {
        return new Source("feed", "Feed", LOCATION, new Source.Terms(identity, Source.Updates.RESEND, null, ""));
    }

    static void areKeptBy(Feed.Entry entry) {
        isLineOrEmpty("id", entry.id());
        isLineOrEmpty("title", entry.title());
        isTrue(!entry.id().isEmpty() || (entry.link() == null && entry.title().isEmpty()), "id", entry.toString());
        isWeb("link", entry.link());
        isNameOrNull("author", entry.author());
        isMoment(entry.published());
        isMoment(entry.updated());
        areNames(entry.categories());
        isSafe(entry.body());
        isSafe(entry.html());
    }

    static void areKeptBy(Post post) {
        isLine("id", post.id());
        isLine("title", post.title());
        isWeb("link", post.link());
        isNameOrNull("author", post.author());
        isNameOrNull("language", post.language());
        isMoment(post.published());
        isMoment(post.updated());
        areNames(post.categories());
        isTrue(!Blank.is(post.body().content()), "body", "blank");
        isSafe(post.body());
        isTrue(!post.fingerprint().isEmpty(), "fingerprint", "empty");
        URI link = post.link();
        if (link != null) {
            CanonicalLink.of(link);
        }
    }

    static void isTrue(boolean promise, String what, String found) {
        if (!promise) {
            throw new AssertionError(what + ": '" + found + "'");
        }
    }

    static void isOneLine(String what, String text) {
        isClean(what, text);
        isTrue(text.indexOf('\n') < 0 && text.indexOf('\t') < 0, what, text);
    }

    private static void isLineOrEmpty(String what, String text) {
        isOneLine(what, text);
        isTrue(text.isEmpty() || (!Blank.is(text) && text.equals(text.strip())), what, text);
    }

    private static void isLine(String what, String text) {
        isLineOrEmpty(what, text);
        isTrue(!text.isEmpty(), what, text);
    }

    private static void isNameOrNull(String what, @Nullable String text) {
        if (text != null) {
            isLine(what, text);
        }
    }

    private static void areNames(List<String> categories) {
        categories.forEach(category -> isLine("category", category));
        isTrue(new HashSet<>(categories).size() == categories.size(), "categories", categories.toString());
    }

    /** Neither a database nor a mail takes control characters and halves of characters. */
    static void isClean(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
            isTrue(!control && c != '\u2028' && c != '\u2029', what, text);
            if (Character.isHighSurrogate(c)) {
                i++;
                isTrue(i < text.length() && Character.isLowSurrogate(text.charAt(i)), what, text);
            } else {
                isTrue(!Character.isLowSurrogate(c), what, text);
            }
        }
    }

    static void isWeb(String what, @Nullable URI link) {
        isTrue(link == null || Links.isWeb(link), what, String.valueOf(link));
    }

    /** Databases count milliseconds. */
    static void isMoment(@Nullable Instant moment) {
        if (moment != null) {
            isTrue(
                    moment.toEpochMilli() / 1000 == Math.floorDiv(moment.toEpochMilli(), 1000)
                            || moment.getEpochSecond() < 0,
                    "moment",
                    moment.toString());
        }
    }

    private static void isSafe(Body body) {
        isClean("body", body.content());
        if (body.form() == Body.Form.HTML) {
            isSafe(body.content());
        }
    }

    /** Nothing acts, loads from elsewhere than the web, or poses as the page around it. */
    private static void isSafe(String html) {
        isClean("text", Jsoup.parseBodyFragment(html).wholeText());
        Stream.of(Jsoup.parseBodyFragment(html), Jsoup.parse(html))
                .flatMap(document -> document.getAllElements().stream())
                .forEach(element -> isSafe(element, html));
    }

    private static void isSafe(Element element, String html) {
        boolean ofTheShell = element.normalName().equals("title")
                && element.attributesSize() == 0
                && element.text().isEmpty();
        isTrue(!ACTING.contains(element.normalName()) || ofTheShell, "body with " + element.normalName(), html);
        for (Attribute attribute : element.attributes()) {
            String name = attribute.getKey().toLowerCase(Locale.ROOT);
            isTrue(
                    !name.startsWith("on")
                            && !Set.of("style", "class", "id", "srcdoc", "srcset")
                                    .contains(name),
                    "body with " + name,
                    html);
            if (WITH_ADDRESS.contains(name)) {
                isTrue(attribute.getValue().matches("(?s)(?i)(https?|mailto):.*"), "body with " + attribute, html);
            }
        }
    }
}
