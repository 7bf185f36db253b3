package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.courant.ProcessHome;
import io.courant.TestHome;
import io.courant.consent.DoubleOptIn;
import io.courant.consent.Origin;
import io.courant.job.JobFolder;
import io.courant.lab.Step;
import io.courant.store.EachDatabase;
import io.courant.store.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A home folder with all that could go out, copied to another place: nothing does, whoever asks for it there. */
@EachDatabase(TestDatabase.SQLITE) // what is copied or moved is the file
class CopiedHomeTest {
    private static final String REFUSAL = "nothing is sent from here until somebody confirms it";
    private static final String REFUSED = "reader00001@example.org";
    private static final String[] LETTER = {"one.md", "two.md"};

    @TempDir
    private Path folder;

    private final AtomicInteger told = new AtomicInteger();
    private ProcessHome processes;
    private TestHome home;
    private Path copy;
    private HttpServer hook;
    private String issue;

    /** Leaves an issue half sent, a reader who was refused, one who has signed up, a bounce, and a webhook. */
    @BeforeEach
    void open() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            told.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        processes = new ProcessHome(folder, 3);
        home = processes.home();
        home.setClock(Instant.now()); // a server lives by the real clock, and forgets old requests
        copy = folder.resolve("copy");
        Shell shell = new Shell(home);
        for (String part : new String[] {"cur", "new", "tmp"}) {
            Files.createDirectories(home.jobs().resolve("bounces").resolve(part));
        }
        Files.writeString(home.jobs().resolve("bounces/new/1"), "From: a@example.org\n\nGone.\n");
        Files.writeString(home.jobs().resolve("hook.secret"), "whsec_YSBzZWNyZXQgb2YgdGhpcnR5LXR3byBieXRlcy4uLi4=");
        home.changeJob(TestHome.WEEKLY, "template: digest", """
                template: digest
                cron: "* * * * *"
                bounces: {maildir: bounces}
                webhooks:
                  - {url: "http://127.0.0.1:%d/hook", secret-file: hook.secret}
                fetch: {private-hosts: [127.0.0.1]}""".formatted(
                        hook.getAddress().getPort()));
        shell.courant("collect", TestHome.WEEKLY).ending(ExitCode.DONE);
        issue = shell.courant("compose", TestHome.WEEKLY, "--json")
                .ending(ExitCode.DONE)
                .json()
                .get("issue")
                .asString();
        home.relay().on(Step.RCPT, "550 5.1.1 nobody");
        shell.courant("send", issue, "--only", REFUSED).ending(ExitCode.PARTLY_SENT);
        assertThat(home.relay().taken()).isEmpty();
        home.with(session -> session.get(DoubleOptIn.class)
                .request(
                        session.get(JobFolder.class).load(TestHome.WEEKLY).newsletter(),
                        "new@example.org",
                        null,
                        new Origin("192.0.2.1")));
        FileSystemUtils.copyRecursively(home.home(), copy);
        for (String letter : LETTER) {
            Files.delete(home.notes().resolve(letter));
        }
        home.post("three.md", "Three");
    }

    @AfterEach
    void close() {
        processes.close();
        hook.stop(0);
    }

    private Shell.Said there(String... command) {
        return new Shell(home)
                .typed(Stream.concat(
                                Stream.of(command),
                                Stream.of(
                                        "--home",
                                        copy.toString(),
                                        "--jobs",
                                        home.jobs().toString(),
                                        "--templates",
                                        home.templates().toString()))
                        .toArray(String[]::new));
    }

    private void assertThatNothingWentOut() {
        assertThat(home.relay().taken()).isEmpty();
        assertThat(told).hasValue(0);
        assertThat(home.jobs().resolve("bounces/new/1"))
                .as("mail that the original is to read")
                .exists();
    }

    @Test
    void noCommandSendsAnythingAndEachSaysWhy() {
        Stream.of(
                        "run weekly",
                        "run weekly --now",
                        "run --all",
                        "send " + issue,
                        "send " + issue + " --now",
                        "send " + issue + " --only reader00002@example.org",
                        "send " + issue + " --test editor@example.org",
                        "preview weekly --test editor@example.org",
                        "bounces read weekly")
                .forEach(command -> assertThat(there(command.split(" ", -1))
                                .ending(ExitCode.INVALID)
                                .err())
                        .as(command)
                        .contains(REFUSAL)
                        .hasLineCount(1));
        Stream.of("retry " + issue, "compose weekly", "stop " + issue, "resume " + issue)
                .forEach(command -> assertThat(there(command.split(" ", -1))
                                .ending(ExitCode.DONE)
                                .err())
                        .as(command)
                        .contains(REFUSAL));
        assertThatNothingWentOut();
    }

    @Test
    void aServerSendsNothingEither() throws Exception {
        Process server = processes.start("serve", "--port", "0", "--desk-port", "0", "--home", copy.toString());
        Awaitility.await()
                .atMost(Duration.ofMinutes(2)) // other tests run beside it
                .pollInterval(Duration.ofMillis(50))
                .until(() -> processes.said("err").contains("the clock: " + copy + ": " + REFUSAL)
                        && processes.said("out").contains("the desk is at "));
        server.destroy();
        assertThat(ProcessHome.ended(server)).isEqualTo(128 + 15);
        assertThatNothingWentOut();
        there("instance", "confirm", "--yes").ending(ExitCode.DONE);
        there("run", "weekly").ending(ExitCode.DONE);
        assertThat(home.relay().taken()).as("there was something to send").isNotEmpty();
        assertThat(told.get()).isPositive();
    }
}
