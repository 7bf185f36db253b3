package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.courant.TestHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How editors see the health of sources, what they can do about it, and what became of each item. */
class SourcesCommandTest {
    private static final String RSS = """
            <rss version="2.0"><channel><title>Wire</title>
            <item><guid>1</guid><title>Pruned</title><pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate>
            <link>https://wire.example/1</link><description>An edge device keeps its data.</description></item>
            <item><guid>2</guid><title>Ancient</title><pubDate>Sun, 22 Nov 2020 10:00:00 GMT</pubDate>
            <link>https://wire.example/2</link><description>A microcontroller of its time.</description></item>
            </channel></rss>
            """;

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;
    private HttpServer server;
    private String feed = "";
    private int status = 200;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = RSS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 200 ? body.length : -1);
            if (status == 200) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        feed = "http://127.0.0.1:" + server.getAddress().getPort() + "/feed";
        home = new TestHome(folder);
        home.changeJob(
                TestHome.WEEKLY,
                "    folder: notes\n",
                "    folder: notes\n  - name: Wire\n    feed: " + feed
                        + "\nfetch: {private-hosts: [127.0.0.1], pause-after: 2}\n");
        home.subscribe("ada@example.org");
        shell = new Shell(home);
    }

    @AfterEach
    void close() {
        server.stop(0);
        home.close();
    }

    private JsonNode wire() {
        return shell.courant("sources", "--job", "weekly", "--json")
                .ending(ExitCode.DONE)
                .json()
                .get(1);
    }

    @Test
    void aSourceShowsHowItIs() {
        assertThat(wire().get("lastSuccess").isNull()).isTrue();
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        JsonNode read = wire();
        assertThat(read.get("state").asString()).isEqualTo("active");
        assertThat(read.get("name").asString()).isEqualTo("Wire");
        assertThat(read.get("address").asString()).isEqualTo(feed);
        assertThat(read.get("newsletters").get(0).asString()).isEqualTo("weekly");
        assertThat(read.get("lastSuccess").asString()).isEqualTo("2026-11-23T07:00:00Z");
        assertThat(read.get("failures").asInt()).isZero();
        assertThat(read.get("items").asInt()).isEqualTo(2);
        assertThat(read.get("inFeed").asInt()).isEqualTo(2);
        assertThat(shell.courant("sources").out()).contains("active", "next run", "Wire, " + feed, "Notes, ");
    }

    @Test
    void aFeedThatFailsIsToldOfInTheIssueAndPausedUntilItIsResumed() {
        status = 503;
        home.post("one.md", "One");
        Shell.Said ran = shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(ran.err()).contains(feed + ": the server answered 503");
        Shell.Said shown = shell.courant("status", "weekly").ending(ExitCode.DONE);
        assertThat(shown.err()).contains("without Wire, which could not be read: the server answered 503");
        JsonNode unread = shell.courant("status", "weekly", "--json").json().get("unread");
        assertThat(unread.get(0).get("where").asString()).isEqualTo("Wire");
        assertThat(shell.courant("collect", "weekly", "--strict").exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        JsonNode paused = wire();
        assertThat(paused.get("state").asString()).isEqualTo("paused");
        assertThat(paused.get("failures").asInt()).isEqualTo(2);
        assertThat(paused.get("problem").asString()).contains("503");
        status = 200;
        assertThat(shell.courant("collect", "weekly").err()).contains("is paused after 2 failures in a row");
        assertThat(shell.courant("sources").err()).contains("'courant sources resume SOURCE'");
        assertThat(shell.courant("sources", "resume", "Wire")
                        .ending(ExitCode.DONE)
                        .out())
                .contains("Wire: the next run asks it again");
        assertThat(shell.courant("collect", "weekly").ending(ExitCode.DONE).out())
                .contains("2 new posts");
        assertThat(wire().get("state").asString()).isEqualTo("active");
    }

    @Test
    void aSourceThatIsNotThereCannotBeResumed() {
        assertThat(shell.courant("sources", "resume", "Wyre")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("no source 'Wyre'", "'courant sources' lists them");
    }

    @Test
    void everyItemSaysWhatBecameOfIt() {
        home.post("one.md", "One");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        assertThat(shell.courant("items", "weekly").ending(ExitCode.DONE).out())
                .contains(
                        "new           2026-11-22  Pruned (Wire; edge-ai)",
                        "expired       2020-11-22  Ancient (Wire; edge-ai): older by");
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        home.advance(Duration.ofDays(1));
        Shell.Said issued =
                shell.courant("items", "weekly", "--state", "Issued", "--json").ending(ExitCode.DONE);
        assertThat(issued.json()).hasSize(2);
        assertThat(issued.json().get(0).get("issue").asString()).isEqualTo("weekly-2026-11-23");
        assertThat(shell.courant("items", "weekly").err()).contains("3 items: 2 issued, 1 expired");
        assertThat(shell.courant("items", "weekly", "--state", "carried-over")
                        .ending(ExitCode.DONE)
                        .out())
                .isEmpty();
        assertThat(shell.courant("items", "weekly", "--state", "gone")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("there are new, carried-over, issued, merged, expired");
    }

    @Test
    void aCancelledIssueGivesItsItemsBackAndIsNotSent() {
        home.changeJob(TestHome.WEEKLY, "relay:", "approval: true\nrelay:");
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        Shell.Said cancelled = shell.courant("cancel", "weekly").ending(ExitCode.DONE);
        assertThat(cancelled.out()).contains("cancelled, 1 item; 1 candidate = 1 cancelled");
        assertThat(cancelled.err()).contains("nobody got it: its items are new again");
        assertThat(shell.courant("approve", "weekly").err()).contains("it is cancelled");
        assertThat(shell.courant("send", "weekly").exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(shell.courant("cancel", "weekly").ending(ExitCode.DONE).err())
                .contains("nothing is left to cancel");
        assertThat(shell.courant("run", "weekly", "--json").json().get("issue").asString())
                .isEqualTo("weekly-2026-11-23-2");
        assertThat(home.relay().taken()).isEmpty();
    }
}
