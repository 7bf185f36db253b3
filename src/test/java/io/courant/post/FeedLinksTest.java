package io.courant.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedLinksTest {
    private static final URI PAGE = URI.create("https://blog.example/about/");

    private static List<String> feeds(String html) {
        return FeedLinks.in(html.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8", PAGE).stream()
                .map(URI::toString)
                .toList();
    }

    @Test
    void thePageNamesItsFeedsAndTheFirstIsTheBest() {
        String html = """
                <!doctype html><html><head><title>A blog</title>
                <link rel="stylesheet" href="/style.css">
                <link rel="alternate" hreflang="de" href="/de/">
                <link rel="alternate" type="application/rss+xml" title="Blog » Feed" href="/feed/">
                <link rel="alternate" type="application/atom+xml" href="atom.xml">
                <link rel="alternate" type="application/feed+json" href="https://cdn.example/feed.json">
                </head><body></body></html>
                """;
        assertThat(feeds(html))
                .containsExactly(
                        "https://blog.example/feed/",
                        "https://blog.example/about/atom.xml",
                        "https://cdn.example/feed.json");
        assertThat(FeedLinks.best(html.getBytes(StandardCharsets.UTF_8), null, PAGE))
                .contains(URI.create("https://blog.example/feed/"));
    }

    @Test
    void aFeedOfCommentsComesLast() {
        assertThat(feeds("""
                <link rel=alternate type=application/rss+xml title="A blog » Comments Feed" href="/one">
                <link rel=alternate type=application/rss+xml title="Kommentar-Feed" href="/two">
                <link rel=alternate type=application/rss+xml href="/comments/feed/">
                <link rel=alternate type=application/rss+xml title="A blog » Feed" href="/feed/">
                """))
                .containsExactly(
                        "https://blog.example/feed/",
                        "https://blog.example/one",
                        "https://blog.example/two",
                        "https://blog.example/comments/feed/");
    }

    @Test
    void relationsAndTypesAreReadInAnyCaseAndWithParameters() {
        assertThat(feeds("<LINK REL='Home ALTERNATE' TYPE=' Application/RSS+XML; charset=UTF-8' HREF=' /feed '>"))
                .containsExactly("https://blog.example/feed");
    }

    @Test
    void theBaseOfThePageIsHonoured() {
        assertThat(feeds("<base href='/blog/'><link rel=alternate type=application/atom+xml href=atom.xml>"))
                .containsExactly("https://blog.example/blog/atom.xml");
    }

    @Test
    void jsonIsAFeedOnlyIfItLooksLikeOne() {
        assertThat(feeds("""
                <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
                <link rel="alternate" type="application/json+oembed" href="/oembed?url=feed">
                <link rel="alternate" type="application/json" title="JSON Feed" href="/index.json">
                """)).containsExactly("https://blog.example/index.json");
    }

    @Test
    void whatIsNoFeedOfThisPageIsLeftOut() {
        assertThat(feeds("""
                <link rel="alternate stylesheet" type="application/rss+xml" href="/x">
                <link rel="alternates" type="application/rss+xml" href="/x">
                <link rel="alternate" type="application/rss+xml">
                <link rel="alternate" type="application/rss+xml" href="javascript:x()">
                <link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">
                <link rel="alternate" type="text/html" href="/x">
                <a rel="alternate" type="application/rss+xml" href="/x">Feed</a>
                <!-- <link rel="alternate" type="application/rss+xml" href="/x"> -->
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html><head></head></html>",
                "\uFEFF \n<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><title>x</title>",
                "<!-- saved --><HTML>",
                "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x.dtd\"><html xmlns=\"x\">",
                "<meta charset=utf-8><link rel=alternate>",
                "<script>x</script>",
                "<!doctype html>Nothing more"
            })
    void aPageIsKnownByItsBeginningWhateverItsType(String page) {
        assertThat(isPage(page, "application/rss+xml")).isTrue();
        assertThat(isPage(page, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<rss version=\"2.0\">",
                "<?xml version=\"1.0\"?>\n<!-- <html> --><?xml-stylesheet href=\"a.xsl\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">",
                "<rdf:RDF xmlns:rdf=\"x\">",
                "<atom:feed xmlns:atom=\"http://www.w3.org/2005/Atom\">",
                "<!DOCTYPE rss [<!ENTITY a \"<html>\">]><rss>",
                "Warning: something in a plugin\n<rss>",
                "{\"version\": \"https://jsonfeed.org/version/1.1\"}",
                "[]"
            })
    void aFeedSentAsHtmlIsStillAFeed(String feed) {
        assertThat(isPage(feed, "text/html; charset=utf-8")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, true",
        "application/xhtml+xml, true",
        "text/plain, false",
        "application/xml, false",
        ", false"
    })
    void theTypeDecidesWhereTheBeginningSaysNothing(@Nullable String type, boolean page) {
        assertThat(isPage("Hello", type)).isEqualTo(page);
        assertThat(isPage("<opml>", type)).isEqualTo(page);
        assertThat(isPage("", type)).isEqualTo(page);
    }

    private static boolean isPage(String document, @Nullable String type) {
        return FeedLinks.isPage(document.getBytes(StandardCharsets.UTF_8), type);
    }
}
