package io.courant.post;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Reads feeds of all formats. */
final class FeedForm {
    static final Body NO_BODY = new Body(Body.Form.TEXT, "");

    private static final Pattern MARKUP =
            Pattern.compile("</?[a-zA-Z][^<>]{0,500}>|&(#\\d{1,7}|#x[0-9a-fA-F]{1,6}|\\w{2,31});");
    private static final int TITLE_WORDS = 10;

    private FeedForm() {}

    /**
     * The feed.
     *
     * @param contentType header that came with it over HTTP
     * @param uri where it came from; relative links start there
     */
    static Feed read(String where, byte[] bytes, @Nullable String contentType, @Nullable URI uri) {
        if (bytes.length == 0) {
            throw new PostException(where, "is empty; check that this is a feed");
        }
        String text = Decoding.xml(bytes, contentType);
        return JsonFeed.isJson(text) ? JsonFeed.parse(where, text, uri) : XmlFeed.parse(where, text, uri);
    }

    /** Empty if there is neither a title nor a word: a picture alone is no post. */
    static String title(Feed.Entry entry) {
        return entry.title().isEmpty() ? firstWords(entry.body()) : entry.title();
    }

    static String id(@Nullable String given, @Nullable URI link, String title) {
        return Stream.of(given, link == null ? null : link.toString(), title)
                .filter(id -> id != null && !Blank.is(id))
                .map(TitleLine::oneLine)
                .findFirst()
                .orElse("");
    }

    /** @param type of the text as the feed says, in small letters; empty if it does not */
    static String title(String type, @Nullable String text) {
        if (text == null) {
            return "";
        }
        boolean markup = type.contains("html") || MARKUP.matcher(text).find();
        String plain = !markup
                ? text
                : type.contains("html")
                        ? Jsoup.parseBodyFragment(text).text()
                        : Parser.unescapeEntities(
                                text.replaceAll(
                                        "(?i)</?(b|i|u|s|em|strong|code|tt|span|font|small|big|sup|sub|br|p|div|a|h[1-6])\\b[^<>]{0,99}>",
                                        ""),
                                false);
        return Blank.is(plain) ? "" : TitleLine.oneLine(plain);
    }

    /** @param type of the text as the feed says, in small letters; empty if it does not */
    static Body body(String type, String value, String title, @Nullable URI base) {
        boolean plain = type.equals("text") || type.equals("text/plain");
        if (plain || (!type.contains("xhtml") && !MARKUP.matcher(value).find())) {
            return new Body(Body.Form.TEXT, TextForm.withoutFurniture(Decoding.unescaped(value)));
        }
        Document fragment = Jsoup.parseBodyFragment(value, base == null ? "" : base.toString());
        return new Body(Body.Form.HTML, HtmlForm.body(MainContent.ofFragment(fragment), title));
    }

    private static String firstWords(Body body) {
        String text = body.form() == Body.Form.HTML
                ? Jsoup.parseBodyFragment(body.content()).text()
                : body.content();
        String start = TitleLine.oneLine(text.substring(0, Math.min(text.length(), 2 * TitleLine.LONGEST)));
        String[] words = start.split(" ");
        String title = String.join(" ", List.of(words).subList(0, Math.min(words.length, TITLE_WORDS)));
        int end = title.length() < TitleLine.LONGEST ? title.length() : title.offsetByCodePoints(0, 60);
        return title.substring(0, end) + (title.substring(0, end).equals(start) ? "" : "…");
    }
}
