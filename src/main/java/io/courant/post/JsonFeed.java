package io.courant.post;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON Feed 1.0 and 1.1 (jsonfeed.org). */
final class JsonFeed {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonFeed() {}

    static boolean isJson(String text) {
        return text.stripLeading().startsWith("{");
    }

    /** @param uri where it came from; relative links start there */
    static Feed parse(String where, String json, @Nullable URI uri) {
        JsonNode feed = tree(where, json);
        if (!text(feed, "version").contains("jsonfeed.org/version/")) {
            throw new PostException(
                    where,
                    "is JSON, but no JSON Feed (its version says '" + text(feed, "version") + "'); check the address");
        }
        URI link = Links.web(text(feed, "home_page_url"), uri).orElse(null);
        String author = author(feed);
        List<Feed.Entry> entries = new ArrayList<>();
        for (JsonNode item : feed.path("items")) {
            if (item.isObject()) {
                entries.add(entry(item, author, link == null ? uri : link));
            }
        }
        String language = TitleLine.oneLine(text(feed, "language"));
        return new Feed(
                FeedForm.title("text", text(feed, "title")), link, language.isEmpty() ? null : language, entries);
    }

    private static JsonNode tree(String where, String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            throw new PostException(
                    at == null ? where : where + ":" + at.getLineNr(),
                    "is not well-formed JSON (" + broken.getOriginalMessage() + "); tell the owner of the feed");
        }
    }

    private static Feed.Entry entry(JsonNode item, @Nullable String feedAuthor, @Nullable URI base) {
        URI link = Links.web(text(item, "url"), base)
                .or(() -> Links.web(text(item, "external_url"), base))
                .or(() -> Links.web(text(item, "id"), null))
                .orElse(null);
        String title = FeedForm.title("text", text(item, "title"));
        String author = author(item);
        return new Feed.Entry(
                FeedForm.id(text(item, "id"), link, title),
                link,
                title,
                author == null ? feedAuthor : author,
                instant(item, "date_published"),
                instant(item, "date_modified"),
                item.path("tags")
                        .valueStream()
                        .filter(JsonNode::isString)
                        .map(tag -> TitleLine.oneLine(tag.stringValue()))
                        .filter(tag -> !tag.isEmpty())
                        .distinct()
                        .toList(),
                body(item, title, link == null ? base : link));
    }

    private static Body body(JsonNode item, String title, @Nullable URI base) {
        return Stream.of(
                        new String[] {"xhtml", text(item, "content_html")},
                        new String[] {"text", text(item, "content_text")},
                        new String[] {"text", text(item, "summary")})
                .filter(content -> !Blank.is(content[1]))
                .map(content -> FeedForm.body(content[0], content[1], title, base))
                .filter(body -> !Blank.is(body.content()))
                .findFirst()
                .orElse(FeedForm.NO_BODY);
    }

    /** Version 1.1 has a list of authors, 1.0 has one. */
    private static @Nullable String author(JsonNode of) {
        return Stream.concat(of.path("authors").valueStream(), Stream.of(of.path("author")))
                .map(one -> text(one, "name"))
                .filter(name -> !Blank.is(name))
                .map(TitleLine::oneLine)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant instant(JsonNode of, String field) {
        return Dates.parse(text(of, field)).orElse(null);
    }

    /** A text, or a number as text, for ids of version 1.0 may be numbers. */
    private static String text(JsonNode of, String field) {
        JsonNode value = of.path(field);
        return value.isString() ? value.stringValue() : value.isNumber() ? Objects.toString(value.numberValue()) : "";
    }
}
