package io.courant.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedTest {
    private static final Instant NOW = Instant.parse("2025-11-01T00:00:00Z");
    private static final String RSS = """
            <?xml version="1.0"?>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel><title>A blog</title><link>https://blog.example/</link><language>en-us</language>
            <item><title>One &amp;amp; two</title><link>https://blog.example/one</link><guid isPermaLink="false">g1</guid>
            <pubDate>Sun, 14 Sep 2025 08:30:00 +0200</pubDate><dc:creator>Ada</dc:creator><category>ai</category>
            <description>A teaser</description><content:encoded><![CDATA[<h1>One & two</h1><p>Text <a href="/x">x</a><script>x()</script></p>
            <p>The post <a href="https://blog.example/one">One</a> appeared first on <a href="https://blog.example">A blog</a>.</p>]]></content:encoded></item>
            <item><link>https://blog.example/two</link><description>A note without a title that goes on for more than ten words.

            2 &lt; 3.</description></item>
            <item><title>Nothing inside</title><link>https://blog.example/three</link></item>
            <item><link>https://blog.example/four</link></item>
            </channel></rss>
            """;

    private final TestReader reader = new TestReader(NOW);

    @TempDir
    Path folder;

    private TestReader.Reading read(String xml) throws IOException {
        return read(xml.getBytes(StandardCharsets.UTF_8));
    }

    private TestReader.Reading read(byte[] xml) throws IOException {
        Path file = Files.write(folder.resolve("feed.xml"), xml);
        return reader.read(new Source("feed.xml", "A blog", new Source.FeedFile(file)));
    }

    @Test
    void entriesOfRssBecomePosts() throws IOException {
        TestReader.Reading reading = read(RSS);
        assertThat(reading.posts()).hasSize(3);
        Post one = reading.posts().get(0);
        assertThat(one.id()).isEqualTo("g1");
        assertThat(one.title()).isEqualTo("One & two");
        assertThat(one.author()).isEqualTo("Ada");
        assertThat(one.language()).isEqualTo("en-us");
        assertThat(one.categories()).containsExactly("ai");
        assertThat(one.published()).isEqualTo("2025-09-14T06:30:00Z");
        assertThat(one.link()).isEqualTo(URI.create("https://blog.example/one"));
        assertThat(one.body())
                .isEqualTo(new Body(Body.Form.HTML, "<p>Text <a href=\"https://blog.example/x\">x</a></p>"));
        Post two = reading.posts().get(1);
        assertThat(two.id()).isEqualTo("https://blog.example/two");
        assertThat(two.title()).isEqualTo("A note without a title that goes on for more…");
        assertThat(two.published()).isNull();
        assertThat(two.body().form()).isEqualTo(Body.Form.TEXT);
        assertThat(two.body().content()).endsWith("ten words.\n\n2 < 3.");
        assertThat(reading.problems())
                .singleElement()
                .asString()
                .contains("feed.xml, entry 4: is empty: it has neither a title nor a text");
        assertThat(reading.posts().get(2).body()).isEqualTo(new Body(Body.Form.TEXT, "Nothing inside"));
    }

    @Test
    void entriesOfAtomBecomePosts() throws IOException {
        TestReader.Reading reading = read("""
                <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example/"><title>A blog</title><id>f</id>
                <updated>2025-09-15T00:00:00Z</updated><author><name>Ada</name></author>
                <entry><title type="html">&lt;b&gt;Bold&lt;/b&gt; move</title><id>tag:1</id><updated>2025-09-15T00:00:00Z</updated>
                <link href="https://blog.example/1"/><category term="ai"/>
                <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>1. A</h2><p>Text.</p></div></content></entry>
                <entry><title>Plain &lt;T&gt;</title><id>tag:2</id><updated>2025-09-15T00:00:00Z</updated>
                <published>2025-09-14T00:00:00Z</published><summary type="text">1 &lt; 2</summary></entry></feed>
                """);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.posts()).extracting(Post::id).containsExactly("tag:1", "tag:2");
        assertThat(reading.posts()).extracting(Post::title).containsExactly("Bold move", "Plain <T>");
        assertThat(reading.posts())
                .extracting(Post::published)
                .containsExactly(Instant.parse("2025-09-15T00:00:00Z"), Instant.parse("2025-09-14T00:00:00Z"));
        assertThat(reading.posts()).extracting(Post::author).containsExactly("Ada", "Ada");
        assertThat(reading.posts().get(0).body().content())
                .contains("<h2>1. A</h2>")
                .doesNotContain("xmlns");
        assertThat(reading.posts().get(1).body()).isEqualTo(new Body(Body.Form.TEXT, "1 < 2"));
    }

    @Test
    void entriesOfJsonFeedBecomePosts() throws IOException {
        TestReader.Reading reading = read("""
                {"version": "https://jsonfeed.org/version/1.1", "title": "A blog", "home_page_url": "https://blog.example/",
                 "language": "en", "authors": [{"name": "Ada"}], "items": [
                 {"id": 7, "url": "/seven", "title": "Seven", "content_html": "<p>Text <a href='x'>x</a><script>x()</script></p>",
                  "date_published": "2025-09-14T08:30:00+02:00", "tags": ["ai", "ai", ""]},
                 {"id": "8", "external_url": "https://other.example/8", "content_text": "2 < 3.", "author": {"name": "Bob"}}]}
                """);
        assertThat(reading.problems()).isEmpty();
        Post seven = reading.posts().get(0);
        assertThat(seven.id()).isEqualTo("7");
        assertThat(seven.link()).isEqualTo(URI.create("https://blog.example/seven"));
        assertThat(seven.author()).isEqualTo("Ada");
        assertThat(seven.language()).isEqualTo("en");
        assertThat(seven.published()).isEqualTo("2025-09-14T06:30:00Z");
        assertThat(seven.categories()).containsExactly("ai");
        assertThat(seven.body())
                .isEqualTo(new Body(Body.Form.HTML, "<p>Text <a href=\"https://blog.example/x\">x</a></p>"));
        Post eight = reading.posts().get(1);
        assertThat(eight.link()).isEqualTo(URI.create("https://other.example/8"));
        assertThat(eight.author()).isEqualTo("Bob");
        assertThat(eight.body()).isEqualTo(new Body(Body.Form.TEXT, "2 < 3."));
    }

    @Test
    void whatIsNotWellFormedIsReadAsFarAsItCanBeUnderstood() throws IOException {
        TestReader.Reading reading = read("""
                <rss version="2.0"><channel><title>R & D</title><itunes:author>Ada</itunes:author>
                <item><title>Salt & pepper<title><content:encoded><![CDATA[<p>Text.</p>]]></content:encoded></item>
                <item><title>Second</title><c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">&lt;p>More.&lt;/p></c:encoded>
                <atom:link xmlns:atom="http://www.w3.org/2005/Atom" href="https://blog.example/2"/></item>
                """);
        Post second = reading.posts().get(reading.posts().size() - 1);
        assertThat(second.title()).isEqualTo("Second");
        assertThat(second.author()).isEqualTo("Ada");
        assertThat(second.link()).isEqualTo(URI.create("https://blog.example/2"));
        assertThat(second.body()).isEqualTo(new Body(Body.Form.HTML, "<p>More.</p>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 14 Sep 2025 08:30:00 +0200 | 2025-09-14T06:30:00Z",
                "14 Sep 25 08:30 EST | 2025-09-14T13:30:00Z",
                "Sunday, 14 September 2025 08:30:00 GMT | 2025-09-14T08:30:00Z",
                "Sun,  14-Sep-2025 8:30:00 Z | 2025-09-14T08:30:00Z",
                "14 Sep 99 | 1999-09-14T00:00:00Z",
                "Sun Sep 14 08:30:00 2025 | 2025-09-14T08:30:00Z",
                "Sun Sep 14 08:30:00 PDT 2025 | 2025-09-14T15:30:00Z",
                "2025-09-14T08:30:00.5+02:00 | 2025-09-14T06:30:00Z",
                "2025-09-14 08:30 +0200 | 2025-09-14T06:30:00Z",
                "20250914T083000Z | 2025-09-14T08:30:00Z",
                "2025-09 | 2025-09-01T00:00:00Z",
                "2025 | 2025-01-01T00:00:00Z",
                "2016-12-31T23:59:60Z | 2016-12-31T23:59:59Z",
                "2025-09-14T24:00:00Z | 2025-09-15T00:00:00Z",
                "September 14, 2025 | 2025-09-14T00:00:00Z",
                "31 Feb 2025 08:30 GMT | ",
                "14 Foo 2025 08:30 GMT | ",
                "yesterday | "
            })
    void aDateIsReadAsFeedsWriteIt(String text, @Nullable Instant moment) {
        assertThat(Dates.ofFeed(text).orElse(null)).isEqualTo(moment);
    }

    @Test
    void aDoctypeIsNeverObeyed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "classified");
        TestReader.Reading reading = read("""
                <?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha > ha"><!ENTITY s SYSTEM "%s"><!-- > -->]>
                <rss version="2.0"><channel><title>t</title><link>https://blog.example/</link><description/>
                <item><title>Caf&eacute;</title><description>Some text&nbsp;here.</description></item></channel></rss>
                """.formatted(secret.toUri()));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.posts()).extracting(Post::title).containsExactly("Café");
        TestReader.Reading bomb = read("""
                <!DOCTYPE rss [<!ENTITY s SYSTEM "%s">]><rss version="2.0"><channel><title>t</title>
                <item><title>T</title><description>&s;</description></item></channel></rss>
                """.formatted(secret.toUri()));
        assertThat(bomb.posts())
                .singleElement()
                .extracting(post -> post.body().content())
                .isEqualTo("&s;");
    }

    @Test
    void whatAnEscapeHidesIsCleanedLikeTheDocumentItself() throws IOException {
        String line = "\\u0000a\\u0001\\ud800b\\u2028c\\u0085d";
        Post json =
                read("{'version':'https://jsonfeed.org/version/1','language':'e\\nn','items':[{'id':'id %1$s','title':'%1$s','content_text':'%1$s'}]}"
                                .formatted(line)
                                .replace('\'', '"'))
                        .posts()
                        .get(0);
        assertThat(json.id()).isEqualTo("id a b c d");
        assertThat(json.title()).isEqualTo("a b c d");
        assertThat(json.language()).isEqualTo("e n");
        assertThat(json.body().content()).isEqualTo("ab\nc\nd");

        Post xml = read("<rss><channel><language>e\nn</language><item><title>a&#1;b</title>"
                        + "<description>&lt;p>a&amp;#1;&#2;b&lt;/p></description></item></channel></rss>")
                .posts()
                .get(0);
        assertThat(xml.title()).isEqualTo("a b");
        assertThat(xml.language()).isEqualTo("e n");
        assertThat(xml.body().content()).isEqualTo("<p>ab</p>");
    }

    @Test
    void anAuthorInParenthesesHasNoSpaceAround() throws IOException {
        Post post = read("<rss><item><title>A</title><description>Text</description>"
                        + "<author>ada@example.org ( Ada )</author></item></rss>")
                .posts()
                .get(0);
        assertThat(post.author()).isEqualTo("Ada");
    }

    @Test
    void aDateThatNoDatabaseCanHoldIsNone() throws IOException {
        Post post = read("<feed><entry><title>A</title><content>Text</content>"
                        + "<updated>+999999999-12-31T23:59:59Z</updated></entry></feed>")
                .posts()
                .get(0);
        assertThat(post.updated()).isNull();
        assertThat(post.published()).isNull();
    }

    @Test
    void whatIsNoFeedIsReported() throws IOException {
        assertThat(read("<!DOCTYPE html><html><body>Hi</body></html>").problems())
                .singleElement()
                .asString()
                .contains("is a web page, not a feed");
        assertThat(read("<data/>").problems())
                .singleElement()
                .asString()
                .contains("feed.xml: is neither RSS, Atom nor JSON Feed (it is <data>)");
        assertThat(read("no feed").problems()).singleElement().asString().contains("neither RSS, Atom nor JSON Feed");
        assertThat(read("{\"version\": \"1\"}").problems())
                .singleElement()
                .asString()
                .contains("is JSON, but no JSON Feed");
        assertThat(read("{\n\"version\": ").problems())
                .singleElement()
                .asString()
                .contains("feed.xml:2: is not well-formed JSON");
        assertThat(read("").problems()).singleElement().asString().contains("is empty");
        assertThat(read(new byte[PostReader.MAX_BYTES + 1]).problems())
                .singleElement()
                .asString()
                .contains("too large");
    }

    @Test
    void aFeedIsReadInTheCharsetThatItDeclares() throws IOException {
        String xml = RSS.replace("version=\"1.0\"?", "version=\"1.0\" encoding=\"windows-1251\"?")
                .replace("One &amp;amp; two", "Новости");
        assertThat(read(xml.getBytes(Charset.forName("windows-1251")))
                        .posts()
                        .get(0)
                        .title())
                .isEqualTo("Новости");
    }

    @Test
    void aFeedIsFetchedOverHttp() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            byte[] zipped = zipped(RSS.getBytes(StandardCharsets.UTF_8));
            byte[] bomb = zipped(new byte[PostReader.MAX_BYTES + 1]);
            server.createContext("/feed", exchange -> {
                boolean known = Optional.ofNullable(exchange.getRequestHeaders().getFirst("User-Agent"))
                        .orElse("")
                        .equals("Courant");
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                exchange.sendResponseHeaders(known ? 200 : 400, zipped.length);
                exchange.getResponseBody().write(zipped);
                exchange.close();
            });
            server.createContext("/bomb", exchange -> {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                exchange.sendResponseHeaders(200, bomb.length);
                exchange.getResponseBody().write(bomb);
                exchange.close();
            });
            server.createContext("/moved", exchange -> {
                exchange.getResponseHeaders().set("Location", "/feed");
                exchange.sendResponseHeaders(301, -1);
                exchange.close();
            });
            server.createContext("/loop", exchange -> {
                exchange.getResponseHeaders()
                        .set("Location", "/loop?" + exchange.getRequestURI().getQuery() + "x");
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
            server.createContext("/file", exchange -> {
                exchange.getResponseHeaders().set("Location", "file:///etc/hostname");
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
            server.start();
            String base = "http://localhost:" + server.getAddress().getPort();
            assertThat(fetch(base + "/feed").posts()).hasSize(3);
            assertThat(fetch(base + "/moved").posts()).hasSize(3);
            assertThat(fetch(base + "/missing").problems())
                    .singleElement()
                    .asString()
                    .isEqualTo(
                            base
                                    + "/missing: the server answered 404; the feed is gone or has moved; look up its new address");
            assertThat(fetch(base + "/bomb").problems())
                    .singleElement()
                    .asString()
                    .contains("too large: more than 10 MB");
            assertThat(fetch(base + "/loop").problems())
                    .singleElement()
                    .asString()
                    .contains("redirects more than 5 times");
            assertThat(fetch(base + "/file").problems())
                    .singleElement()
                    .asString()
                    .contains("redirects to file:///etc/hostname, which is no web address");
        } finally {
            server.stop(0);
        }
        assertThat(fetch("ftp://blog.example/feed").problems())
                .singleElement()
                .asString()
                .contains("is no web address");
        assertThat(fetch("http://localhost:1/feed").problems())
                .singleElement()
                .asString()
                .contains("the server refuses connections");
    }

    @Test
    void aWebPageStandsForTheFeedThatItLinksTo() throws IOException {
        try (WebServer server = new WebServer()) {
            server.page(
                    "/",
                    "200 OK\nContent-Type: text/html",
                    "<html><link rel=alternate type=application/rss+xml href=/feed>");
            server.page("/feed", "200 OK\nContent-Type: text/html", RSS);
            server.page("/none", "200 OK\nContent-Type: text/html", "<html>Hi</html>");
            server.page("/far", "200 OK", "<html><link rel=alternate type=application/rss+xml href=http://10.0.0.1/>");
            server.page("/again", "200 OK", "<html><link rel=alternate type=application/rss+xml href=/>");
            String base = "http://localhost:" + server.port();
            assertThat(fetch(base + "/").posts()).hasSize(3);
            assertThat(reader.feed(URI.create(base + "/")).title()).isEqualTo("A blog");
            assertThat(fetch(base + "/none").problems())
                    .extracting(Problem::toString)
                    .containsExactly(
                            base + "/none: is a web page without a link to a feed; look in it for the address of"
                                    + " its RSS or Atom feed, or ask its owner for one");
            assertThat(fetch(base + "/far").problems())
                    .singleElement()
                    .asString()
                    .contains("links to a feed at http://10.0.0.1/: 10.0.0.1 is no public address");
            assertThat(fetch(base + "/again").problems())
                    .singleElement()
                    .asString()
                    .contains(base + "/: is a web page, not a feed");
        }
    }

    private TestReader.Reading fetch(String address) {
        return reader.read(new Source(address, "A blog", new Source.FeedUri(URI.create(address))));
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void everySharedFeedGivesPostsOrAProblem() throws IOException {
        Path feeds = Path.of("..", "shared", "data", "feeds", "testdata");
        assumeTrue(Files.exists(feeds), "the shared feeds are not here: " + feeds);
        int posts = 0;
        int refused = 0;
        List<Path> files;
        try (Stream<Path> walk = Files.walk(feeds)) {
            files = walk.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            TestReader.Reading reading = reader.read(new Source("f", "f", new Source.FeedFile(file)));
            posts += reading.posts().size();
            if (reading.problems().stream().anyMatch(problem -> !problem.where().contains(", entry "))) {
                refused++;
            }
        }
        System.out.printf("%d feeds, %d posts, %d refused%n", files.size(), posts, refused);
        assertThat(files).isNotEmpty();
        assertThat(refused).isLessThan(files.size() / 10);
    }
}
