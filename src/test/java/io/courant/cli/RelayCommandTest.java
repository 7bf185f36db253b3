package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.Courant;
import io.courant.TestHome;
import io.courant.lab.Caller;
import io.courant.lab.RelayLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The relay as a process of its own, and what is refused before there is one. */
@Timeout(60)
class RelayCommandTest {
    private static final String CONTENT = "Message-ID: <one@example.org>\r\n\r\nHello\r\n";

    @TempDir
    private Path folder;

    private TestHome home;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void open() {
        home = new TestHome(folder);
    }

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        home.close();
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Courant.class.getName(),
                "relay"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private List<String> said() throws IOException {
        return Files.readAllLines(folder.resolve("out"));
    }

    /** The first line, once it is there. */
    private String listening() throws IOException {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !said().isEmpty());
        return said().get(0);
    }

    private static JsonNode json(String line) {
        return JsonMapper.builder().build().readTree(line);
    }

    private static Caller call(int port) throws IOException {
        Caller caller = new Caller(new Socket(InetAddress.getLoopbackAddress(), port));
        caller.hear();
        caller.ask("EHLO me");
        return caller;
    }

    private List<String> logged() throws IOException {
        List<String> recipients = new ArrayList<>();
        RelayLog.forEach(folder.resolve("relay.log"), copy -> recipients.add(copy.to()));
        return recipients;
    }

    @Test
    void itServesUntilASignalAndThenSaysWhatItTook() throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("relay.script"), """
                rcpt for late@example.org 550 5.1.1 no such user
                dot  first 1              take-and-drop
                """);
        Path log = folder.resolve("relay.log");
        Path mail = folder.resolve("mail");
        Process process =
                start("--json", "--script", script.toString(), "--log", log.toString(), "--save", mail.toString());
        JsonNode listening = json(listening());
        assertThat(listening.get("host").asString()).isEqualTo("127.0.0.1");
        int port = listening.get("port").asInt();
        try (Caller caller = call(port)) {
            assertThat(caller.send("late@example.org", CONTENT)).isEqualTo("550 5.1.1 no such user");
        }
        try (Caller caller = call(port)) {
            assertThat(caller.send("ada@example.org", CONTENT)).isEmpty();
        }
        try (Caller caller = call(port)) {
            assertThat(caller.send("ada@example.org", CONTENT)).startsWith("250");
            assertThat(caller.send("bob@example.org", CONTENT)).startsWith("250");
        }
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(said()).hasSize(2);
        assertThat(json(said().get(1))).isEqualTo(json("{\"messages\": 1, \"recipients\": 2, \"copies\": 3}"));
        assertThat(Files.readString(folder.resolve("err")))
                .contains("a line 'seed " + listening.get("seed").asLong() + "' in " + script);
        assertThat(logged()).containsExactly("ada@example.org", "ada@example.org", "bob@example.org");
        assertThat(mail.resolve("bob@example.org.eml")).hasContent(CONTENT);
    }

    @Test
    void whatItSaid250ToIsInTheLogThoughItIsKilled() throws IOException, InterruptedException {
        Process process = start("--log", folder.resolve("relay.log").toString());
        List<String> heard = new ArrayList<>();
        String listening = listening();
        assertThat(listening).startsWith("listening on 127.0.0.1:");
        try (Caller caller = call(Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1)))) {
            for (int i = 0; i < 50; i++) {
                String recipient = "reader" + i + "@example.org";
                assertThat(caller.send(recipient, CONTENT)).startsWith("250");
                heard.add(recipient);
            }
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(logged()).isEqualTo(heard);
    }

    @Test
    void aScriptThatIsWrongIsToldByLine() throws IOException {
        Path script = Files.writeString(folder.resolve("relay.script"), "# today\n\nrctp 450 later\n");
        assertThat(new Shell(home)
                        .typed("relay", "--script", script.toString())
                        .ending(ExitCode.INVALID)
                        .err())
                .startsWith(script + ":3: unknown step 'rctp' (did you mean 'rcpt'?)");
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() throws IOException {
        Shell shell = new Shell(home);
        assertThat(shell.typed("relay", "--user", "digest")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("--password-file");
        assertThat(shell.typed("relay", "--tls", "a.p12").ending(ExitCode.USAGE).err())
                .contains("--keystore-password-file");
        assertThat(shell.typed("relay", "--tls", "a.p12", "--starttls", "a.p12", "--keystore-password-file", "b")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("--starttls=a.p12", "--tls=a.p12");
        assertThat(shell.typed("relay", "--script", "/nowhere/relay.script")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("/nowhere/relay.script: no such file");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(shell.typed("relay", "--port", String.valueOf(taken.getLocalPort()))
                            .ending(ExitCode.FAILED)
                            .err())
                    .contains("port " + taken.getLocalPort() + " is not to be had");
        }
    }
}
