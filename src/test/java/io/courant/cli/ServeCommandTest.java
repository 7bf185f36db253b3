package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.ProcessHome;
import io.courant.TestHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    @TempDir
    private Path folder;

    @Test
    void itSaysWhereItServesRunsBesideOthersAndEndsWhenItIsTold() throws Exception {
        try (ProcessHome processes = new ProcessHome(folder, 1)) {
            Process server = processes.start("serve", "--port", "0", "--desk-port", "0");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> processes.said("out").contains("/welcome/"));
            URI address = URI.create(
                    processes.said("out").lines().findFirst().orElseThrow().replace("serving at ", ""));
            assertThat(get(address)).contains("Weekly");
            assertThat(get(address.resolve("/u/secret"))).contains("This link no longer works");
            new Shell(processes.home()).courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
            server.destroy();
            assertThat(ProcessHome.ended(server)).isEqualTo(128 + 15);
            assertThat(processes.said("err").lines())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("nobody can sign in to the desk yet"),
                            line -> assertThat(line).startsWith("owner sets a password there, once, until "));
            assertThat(processes.said("out").lines())
                    .last()
                    .asString()
                    .matches("http://127\\.0\\.0\\.1:\\d+/welcome/\\S+");
        }
    }

    @Test
    void whatIsAskedWhenItIsToldToEndIsAnswered() throws Exception {
        String body = "address=ada%40example.org";
        try (ProcessHome processes = new ProcessHome(folder, 1)) {
            Process server = processes.start("serve", "--port", "0", "--no-desk");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> processes.said("out").contains("serving at "));
            int port = URI.create(processes.said("out").strip().replace("serving at ", ""))
                    .getPort();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                client.getOutputStream()
                        .write(("POST /subscribe/weekly HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                        + "Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n"
                                        + "Content-Length: " + body.length() + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                assertThat(answer.readLine()).as("it reads the request").startsWith("HTTP/1.1 100");
                server.destroy();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> isClosed(port));
                client.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
                assertThat(answer.lines())
                        .anyMatch(line -> line.matches("HTTP/1\\.1 (200|303).*"))
                        .as("the whole page, not its beginning")
                        .anyMatch(line -> line.contains("</html>"));
            }
            assertThat(ProcessHome.ended(server)).isEqualTo(128 + 15);
            assertThat(processes.said("err")).isEmpty();
        }
    }

    @Test
    void whileNobodyCanSignInItShowsTheFirstOwnersLink() throws Exception {
        try (ProcessHome processes = new ProcessHome(folder, 1)) {
            Process server = processes.start("serve", "--quiet", "--port", "0", "--desk-port", "0");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> processes.said("out").contains("/welcome/"));
            URI link = URI.create(processes
                    .said("out")
                    .lines()
                    .reduce((first, second) -> second)
                    .orElseThrow());
            assertThat(get(link)).contains("Choose a password", "<strong>owner</strong>");
            server.destroy();
            assertThat(ProcessHome.ended(server)).isEqualTo(128 + 15);
        }
    }

    private static boolean isClosed(int port) {
        try (Socket another = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !another.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private static String get(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void aPortThatIsTakenIsSaidSo() throws Exception {
        try (TestHome home = new TestHome(folder);
                ServerSocket other = new ServerSocket(0)) {
            String port = String.valueOf(other.getLocalPort());
            Shell.Said said = new Shell(home)
                    .courant("serve", "--host", "0.0.0.0", "--port", port)
                    .ending(ExitCode.FAILED);
            assertThat(said.err())
                    .contains("nobody can listen at 0.0.0.0:" + port, "--port")
                    .hasLineCount(1);
            assertThat(new Shell(home)
                            .courant("serve", "--port", "70000")
                            .ending(ExitCode.INVALID)
                            .err())
                    .contains("--port: expected 0 to 65535");
        }
    }
}
