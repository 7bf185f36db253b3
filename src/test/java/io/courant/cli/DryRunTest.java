package io.courant.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.courant.TestHome;
import io.courant.delivery.MailParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is said to change nothing changes no byte of the home folder and opens no connection. */
class DryRunTest {
    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.post("one.md", "One");
    }

    @AfterEach
    void close() {
        home.close();
    }

    /** Every file of the home folder with a digest of its bytes. */
    private Map<String, Integer> files() {
        Map<String, Integer> files = new TreeMap<>();
        if (Files.exists(home.home())) {
            try (Stream<Path> all = Files.walk(home.home())) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(home.home().relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private Shell.Said unchanged(String... command) {
        Map<String, Integer> before = files();
        Shell.Said said = shell.courant(command).ending(ExitCode.DONE);
        assertThat(files()).as(String.join(" ", command)).isEqualTo(before);
        assertThat(home.relay().connections()).isZero();
        return said;
    }

    @Test
    void withoutAHomeFolderADryRunMakesNone() {
        assertThat(unchanged("collect", "weekly", "--dry-run").out()).contains("1 new post");
        assertThat(unchanged("run", "weekly", "--dry-run").out()).contains("skipped: no active subscriber");
        unchanged("compose", "weekly", "--dry-run");
        unchanged("preview", "weekly", "--out", folder.resolve("preview").toString());
        assertThat(home.home()).doesNotExist();
    }

    @Test
    void aDryRunLeavesTheHomeFolderAsItIs() {
        home.subscribe("ada@example.org", "bob@example.org");
        assertThat(unchanged("collect", "weekly", "--dry-run").out()).contains("1 new post");
        assertThat(unchanged("compose", "weekly", "--dry-run").out()).contains("skipped: no new posts");
        assertThat(unchanged("run", "weekly", "--dry-run", "--json")
                        .json()
                        .get("deliveries")
                        .get("ready")
                        .asInt())
                .isEqualTo(2);
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        assertThat(unchanged("compose", "weekly", "--dry-run").out())
                .contains("weekly-2026-11-23", "2 candidates = 2 ready");
        shell.courant("compose", "weekly").ending(ExitCode.DONE);
        assertThat(unchanged("send", "weekly", "--dry-run").out())
                .startsWith("weekly-2026-11-23: would send 2 messages, ");
        JsonNode rehearsed = unchanged("send", "weekly", "--dry-run", "--json").json();
        assertThat(rehearsed.propertyNames()).containsExactly("issue", "messages", "bytes");
        assertThat(rehearsed.get("messages").asInt()).isEqualTo(2);
        assertThat(rehearsed.get("bytes").asInt()).isGreaterThan(1000);
        unchanged("preview", "weekly", "--out", folder.resolve("preview").toString());
        shell.courant("send", "weekly").ending(ExitCode.DONE);
        assertThat(home.relay().copies()).isEqualTo(Map.of("ada@example.org", 1, "bob@example.org", 1));
    }

    @Test
    void aDryRunKnowsWhoWasErased() throws IOException {
        home.subscribe("ada@example.org");
        shell.courant("subscribers", "erase", "ada@example.org", "--yes").ending(ExitCode.DONE);
        Path list = Files.writeString(folder.resolve("list.csv"), "email\nada@example.org\nbob@example.org\n");
        Map<String, Integer> before = files();
        assertThat(shell.courant("subscribers", "import", list.toString(), "--dry-run")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("list.csv:2: this person had their data erased");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aPreviewIsTheNextIssueInThreeFiles() throws IOException {
        Path out = folder.resolve("preview").resolve("deep");
        Shell.Said said =
                shell.courant("preview", "weekly", "--out", out.toString()).ending(ExitCode.DONE);
        assertThat(said.out()).contains("html: ", "text: ", "eml: ");
        MailParts parts = MailParts.of(Files.readAllBytes(out.resolve("weekly.eml")));
        assertThat(out.resolve("weekly.html")).hasContent(parts.html());
        assertThat(out.resolve("weekly.txt")).hasContent(parts.text());
        assertThat(parts.html()).contains("One", "sample.reader@example.org", "</html>");
        assertThat(parts.text()).contains("One", "sample.reader@example.org", "Unsubscribe");
        JsonNode files = shell.courant("preview", "weekly", "--out", out.toString(), "--json")
                .ending(ExitCode.DONE)
                .json();
        assertThat(files.propertyNames()).containsExactly("html", "text", "eml");
    }

    @Test
    void aPreviewAsksForSummariesAndKeepsNoneWhichComposingDoes() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/v1/chat/completions", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody()
                    .write("{\"choices\":[{\"message\":{\"content\":\"A machine read it.\"}}]}".getBytes(UTF_8));
            exchange.close();
        });
        endpoint.start();
        try {
            home.changeJob(
                    TestHome.WEEKLY,
                    "template: digest",
                    "template: digest\nsummariser: {url: http://127.0.0.1:"
                            + endpoint.getAddress().getPort() + "/v1, model: small}");
            home.subscribe("ada@example.org");
            shell.courant("collect", "weekly").ending(ExitCode.DONE);
            Path out = folder.resolve("preview");
            unchanged("preview", "weekly", "--out", out.toString());
            assertThat(out.resolve("weekly.txt"))
                    .content()
                    .contains("A machine read it.", "Summary written by a machine");
            unchanged("run", "weekly", "--dry-run");
            assertThat(asked).hasValue(2);
            shell.courant("compose", "weekly").ending(ExitCode.DONE);
            assertThat(asked).hasValue(3);
            shell.courant("cancel", "weekly").ending(ExitCode.DONE);
            unchanged("preview", "weekly", "--out", out.toString());
            assertThat(out.resolve("weekly.txt")).content().contains("A machine read it.");
            assertThat(asked).as("what composing kept is not asked again").hasValue(3);
        } finally {
            endpoint.stop(0);
        }
    }

    @Test
    void aPreviewOfNothingSaysSo() throws IOException {
        Files.delete(home.notes().resolve("one.md"));
        Path out = folder.resolve("preview");
        assertThat(shell.courant("preview", "weekly", "--out", out.toString())
                        .ending(ExitCode.DONE)
                        .out())
                .isEqualToIgnoringNewLines("skipped: no new posts");
        assertThat(shell.courant("preview", "weekly", "--out", out.toString(), "--json")
                        .ending(ExitCode.DONE)
                        .json()
                        .get("skipped")
                        .asString())
                .isEqualTo("no new posts");
        assertThat(out).doesNotExist();
    }
}
