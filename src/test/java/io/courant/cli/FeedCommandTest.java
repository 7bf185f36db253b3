package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.courant.TestHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FeedCommandTest {
    private static final String ATOM = """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>A blog</title><link href="https://blog.example/"/>
            <entry><title>One</title><id>tag:1</id><updated>2025-09-15T02:00:00+02:00</updated><author><name>Ada</name></author>
            <link href="/1" rel="alternate"/><category term="ai"/><summary>1 &lt; 2</summary></entry>
            <entry><title>Only a title</title><id>tag:2</id></entry></feed>
            """;

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder);
        shell = new Shell(home);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void feedsAreShownAsTheyAreUnderstoodAndTheBrokenOnesNamed() throws IOException {
        String good = Files.writeString(folder.resolve("good.xml"), ATOM).toString();
        String bad =
                Files.writeString(folder.resolve("bad.xml"), "<html>Hi</html>").toString();
        JsonNode shown = shell.courant("feed", good, bad, "http:// no", "--json")
                .ending(ExitCode.FAILED)
                .json();
        JsonNode feed = shown.get(0);
        assertThat(feed.propertyNames()).containsExactly("feed", "title", "link", "language", "posts", "error");
        assertThat(feed.get("feed").asString()).isEqualTo(good);
        assertThat(feed.get("title").asString()).isEqualTo("A blog");
        assertThat(feed.get("link").asString()).isEqualTo("https://blog.example/");
        assertThat(feed.get("language").asString()).isEqualTo("en");
        assertThat(feed.get("error").isNull()).isTrue();
        JsonNode one = feed.get("posts").get(0);
        assertThat(one.propertyNames())
                .containsExactly("id", "link", "title", "author", "published", "updated", "categories", "html");
        assertThat(one.get("id").asString()).isEqualTo("tag:1");
        assertThat(one.get("author").asString()).isEqualTo("Ada");
        assertThat(one.get("published").isNull()).isTrue();
        assertThat(one.get("updated").asString()).isEqualTo("2025-09-15T00:00:00Z");
        assertThat(one.get("categories").get(0).asString()).isEqualTo("ai");
        assertThat(one.get("html").asString()).isEqualTo("<p>1 &lt; 2</p>");
        assertThat(feed.get("posts").get(1).get("html").asString()).isEmpty();
        assertThat(shown.get(1).get("error").asString()).contains("bad.xml: is a web page, not a feed");
        assertThat(shown.get(2).get("error").asString()).isEqualTo("http:// no: is no web address; check its spelling");
        assertThat(home.database()).as("nothing is kept").doesNotExist();
    }

    @Test
    void inWordsAFeedIsItsTitlesWithTheirDates() throws IOException {
        String good = Files.writeString(folder.resolve("good.xml"), ATOM).toString();
        assertThat(shell.courant("feed", good).ending(ExitCode.DONE).out())
                .contains("good.xml: A blog, 2 posts", "undated", "Only a title");
        assertThat(shell.courant("feed", "missing.xml").ending(ExitCode.FAILED).err())
                .contains("missing.xml: no such file; check the path");
    }

    @Test
    void aFeedOfOurOwnIsFetchedOnlyIfItsHostIsNamed() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/x.xml", exchange -> {
            byte[] feed = ATOM.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, feed.length);
            exchange.getResponseBody().write(feed);
            exchange.close();
        });
        server.start();
        try {
            String feed = "http://127.0.0.1:" + server.getAddress().getPort() + "/x.xml";
            assertThat(shell.courant("feed", feed).ending(ExitCode.FAILED).err())
                    .contains(
                            feed + ": 127.0.0.1 is no public address (loopback)",
                            "under fetch.private-hosts in the job file",
                            "--set fetch.private-hosts=127.0.0.1");
            assertThat(shell.courant("feed", feed, "--set", "fetch.private-hosts=127.0.0.1,localhost")
                            .ending(ExitCode.DONE)
                            .out())
                    .contains("x.xml: A blog, 2 posts");
            assertThat(shell.courant("feed", feed, "--set", "fetch.private-hosts=127.1")
                            .ending(ExitCode.INVALID)
                            .err())
                    .contains("--set fetch.private-hosts: expected a host name", "found '127.1'");
        } finally {
            server.stop(0);
        }
    }
}
