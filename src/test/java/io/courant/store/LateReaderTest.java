package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.courant.delivery.Samples;
import io.courant.issue.NewSections.NewSection;
import io.courant.post.FetchPolicy;
import io.courant.post.Source;
import io.courant.section.Collector;
import io.courant.section.Sectioner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newsletter that begins to read a feed which others read, over a real connection. */
@EachDatabase
class LateReaderTest {
    private static final String RSS = """
            <rss version="2.0"><channel><title>Wire</title><item><guid>1</guid><title>One</title>
            <pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate><link>https://wire.example/1</link>
            <description>An edge device keeps its data.</description></item></channel></rss>
            """;

    @TempDir
    private Path folder;

    private TestStore store;
    private HttpServer server;
    private Source source = new Source("", "", new Source.Folder(Path.of("")));
    private Instant now = Instant.parse("2026-11-23T07:00:00Z");
    private int status = 200;

    @BeforeEach
    void open() throws IOException {
        store = new TestStore(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known = exchange.getRequestHeaders().containsKey("If-None-Match");
            byte[] body = RSS.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            if (status != 200) {
                exchange.sendResponseHeaders(status, -1);
            } else if (known) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/feed");
        source = new Source(uri.toString(), "Wire", new Source.FeedUri(uri));
    }

    @AfterEach
    void close() {
        server.stop(0);
        store.close();
    }

    private void collect(String newsletter) {
        FetchPolicy policy = FetchPolicy.DEFAULT.withPrivateHosts(Set.of("127.0.0.1"));
        new Collector(new Sectioner(), store.sources(), store.posts(), InstantSource.fixed(now))
                .collect(newsletter, List.of(source), policy, done -> {});
        now = now.plus(Duration.ofHours(1));
    }

    private List<String> fresh(String newsletter) {
        return store.newSections().of(Samples.newsletter(newsletter, List.of(source)), now).stream()
                .map((NewSection section) -> section.section().postTitle())
                .toList();
    }

    @Test
    void whatIsStillInTheFeedIsNewsToItAlthoughItsFirstLookFailed() {
        collect("first");
        status = 503;
        collect("late");
        assertThat(fresh("late")).isEmpty();
        status = 200;
        collect("late");
        assertThat(fresh("late")).containsExactly("One");
    }

    @Test
    void whatIsFoundUnchangedIsStillThere() {
        collect("first");
        collect("late");
        collect("first");
        assertThat(fresh("late")).containsExactly("One");
        assertThat(store.sql()
                        .sql("select last_seen from post")
                        .query(Long.class)
                        .single())
                .isEqualTo(Instant.parse("2026-11-23T09:00:00Z").toEpochMilli());
    }
}
