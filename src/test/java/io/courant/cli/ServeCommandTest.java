package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.ProcessHome;
import io.courant.TestHome;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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
            Process server = processes.start("serve", "--port", "0");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> processes.said("out").contains("serving at "));
            URI address = URI.create(
                    processes.said("out").lines().findFirst().orElseThrow().replace("serving at ", ""));
            assertThat(get(address)).contains("Weekly");
            assertThat(get(address.resolve("/u/secret"))).contains("This link no longer works");
            new Shell(processes.home()).courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
            server.destroy();
            assertThat(ProcessHome.ended(server)).isEqualTo(128 + 15);
            assertThat(processes.said("err")).isEmpty();
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
