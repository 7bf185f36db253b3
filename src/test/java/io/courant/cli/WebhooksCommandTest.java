package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Subscribers;
import io.courant.job.Messenger;
import io.courant.report.Webhooks;
import io.courant.store.EachDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@EachDatabase
class WebhooksCommandTest {
    private static final byte[] SECRET = "a secret of thirty-two bytes....".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private TestHome home;
    private HttpServer server;
    private final List<Got> got = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Integer> answers = new ArrayDeque<>();

    /** What came to the webhook. */
    private record Got(String id, String timestamp, String signature, String body) {
        JsonNode json() {
            return JsonMapper.builder().build().readTree(body);
        }

        String type() {
            return json().get("type").asString();
        }
    }

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
        Files.writeString(
                home.jobs().resolve("hook.secret"),
                "whsec_" + Base64.getEncoder().encodeToString(SECRET));
        home.subscribe("ada@example.org", "bob@example.org");
        home.post("one.md", "One");
    }

    @AfterEach
    void close() {
        server.stop(0);
        home.close();
    }

    private synchronized void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        got.add(new Got(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                body));
        exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.removeFirst(), -1);
        exchange.close();
    }

    private void listen(String more) {
        home.changeJob(TestHome.WEEKLY, "template: digest", """
                template: digest
                webhooks:
                  - {url: "http://127.0.0.1:%d/hook", secret-file: hook.secret%s}""".formatted(
                        server.getAddress().getPort(), more));
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\nfetch: {private-hosts: [127.0.0.1]}");
    }

    private void leave(String address) {
        home.with(session -> {
            Subscribers subscribers = session.get(Subscribers.class);
            subscribers.unsubscribe(
                    subscribers.find(new EmailAddress(address)).orElseThrow().id(), home.now());
        });
    }

    private List<String> round() {
        return home.in(session -> session.get(Messenger.class).round());
    }

    private String states() {
        return String.join(
                " ",
                home.in(session -> session.get(Webhooks.class).list(10)).stream()
                        .map(message -> message.state() + " " + message.answer())
                        .toList());
    }

    @Test
    void aRunEndsByTellingWhatItSentSignedAndWithoutAnyAddress() throws Exception {
        listen("");
        new Shell(home).courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
        leave("bob@example.org");
        assertThat(round()).isEmpty();
        assertThat(got).extracting(Got::type).containsExactly("issue.sent", "subscriber.unsubscribed");
        assertThat(got.get(0).json().at("/data/issue").asString()).isEqualTo("weekly-2026-11-23");
        assertThat(got.toString()).doesNotContain("example.org");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        Got first = got.get(0);
        byte[] signed = mac.doFinal(
                (first.id() + "." + first.timestamp() + "." + first.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(first.signature()).isEqualTo("v1," + Base64.getEncoder().encodeToString(signed));
        assertThat(round()).isEmpty();
        assertThat(got).hasSize(2);
    }

    @Test
    void whoAsksForAddressesAndForSomeEventsGetsThese() {
        listen(", addresses: true, events: [subscriber.unsubscribed]");
        new Shell(home).courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
        leave("bob@example.org");
        round();
        assertThat(got).extracting(Got::type).containsExactly("subscriber.unsubscribed");
        assertThat(got.get(0).json().at("/data/address").asString()).isEqualTo("bob@example.org");
    }

    @Test
    void whatFailsIsTriedAgainInOrderUnderTheSameId() {
        listen("");
        leave("ada@example.org");
        leave("bob@example.org");
        answers.add(500);
        round();
        assertThat(got).hasSize(1); // the host is left alone for this round
        assertThat(states()).contains("WAITING HTTP status 500");
        home.advance(Duration.ofSeconds(30));
        round();
        assertThat(got).hasSize(3);
        assertThat(got.get(1).id()).isEqualTo(got.get(0).id());
        assertThat(got.get(1).body()).isEqualTo(got.get(0).body());
        assertThat(got.get(2).json().at("/data/subscriber").asLong())
                .isGreaterThan(got.get(1).json().at("/data/subscriber").asLong());
    }

    @Test
    void aHostThatIsNotPublicIsAskedOnlyWhenTheEditorNamedIt() {
        listen("");
        home.changeJob(TestHome.WEEKLY, "fetch: {private-hosts: [127.0.0.1]}", "");
        leave("ada@example.org");
        round();
        assertThat(got).isEmpty();
        assertThat(states()).contains("WAITING").contains("no public address");
    }

    @Test
    void aProcessThatWasKilledLeavesAMessageThatIsSentAgain() {
        listen("");
        leave("ada@example.org");
        answers.add(500);
        round();
        home.advance(Duration.ofSeconds(30));
        home.with(session -> {
            Webhooks webhooks = session.get(Webhooks.class);
            Webhooks.Message due = webhooks.due(home.now(), Set.of(), 1).get(0);
            assertThat(webhooks.claim(due, home.now(), home.now().plusSeconds(120)))
                    .isTrue(); // and is killed
            assertThat(webhooks.claim(due, home.now(), home.now().plusSeconds(120)))
                    .isFalse();
        });
        round();
        assertThat(got).hasSize(1);
        home.advance(Duration.ofMinutes(2));
        round();
        assertThat(got).hasSize(2);
        assertThat(got.get(1).id()).isEqualTo(got.get(0).id());
    }

    @Test
    void aMessageIsGivenUpAfterThreeDaysAndAPersonSendsItAgain() {
        listen("");
        leave("ada@example.org");
        answers.addAll(Collections.nCopies(100, 503));
        List<String> problems = new ArrayList<>(round());
        for (int hours = 0; hours < 73; hours++) {
            home.advance(Duration.ofHours(1));
            problems.addAll(round());
        }
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("is given up (HTTP status 503)", "courant webhooks retry");
        Shell shell = new Shell(home);
        assertThat(shell.courant("webhooks").ending(ExitCode.DONE).out()).contains("givenUp", "HTTP status 503");
        answers.clear();
        assertThat(shell.courant("webhooks", "retry", "msg_none")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("no message 'msg_none' waits or was given up");
        shell.courant("webhooks", "retry").ending(ExitCode.DONE);
        round();
        JsonNode told =
                shell.courant("webhooks", "--json").ending(ExitCode.DONE).json().get(0);
        assertThat(told.get("state").asString()).isEqualTo("delivered");
        assertThat(told.get("url").asString()).endsWith("/hook");
    }

    @Test
    void aHostThatTakesNothingKeepsNoOtherWaitingHoweverMuchThereIsForIt() {
        listen("");
        String hook = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
        leave("ada@example.org");
        Webhooks.Happening happening =
                home.in(session -> session.get(Webhooks.class).happenings(0, 1).get(0));
        List<Webhooks.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            drafts.add(message("http://127.0.0.1:1/", i));
        }
        drafts.add(message(hook, 500));
        home.changeJob(
                TestHome.WEEKLY,
                "webhooks:",
                "webhooks:\n  - {url: \"http://127.0.0.1:1/\", secret-file: hook.secret}");
        home.with(session -> session.get(Webhooks.class).tell(happening, drafts, home.now()));
        round();
        assertThat(got).extracting(Got::body).containsExactly("{\"n\":500}");
    }

    private static Webhooks.Draft message(String url, int number) {
        return new Webhooks.Draft(
                "msg_" + UUID.randomUUID(), TestHome.WEEKLY, URI.create(url), "bounce", "{\"n\":" + number + "}", null);
    }

    @Test
    void aMistakeInTheJobFileLosesNothing() {
        listen("");
        answers.add(503);
        new Shell(home).courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
        assertThat(got).extracting(Got::type).containsExactly("issue.sent");
        home.changeJob(TestHome.WEEKLY, "template: digest", "tempalte: digest");
        approved();
        home.advance(Duration.ofSeconds(30));
        assertThat(round()).isEmpty();
        assertThat(states()).isEqualTo("WAITING its job file has mistakes");
        home.changeJob(TestHome.WEEKLY, "tempalte: digest", "template: digest");
        home.advance(Duration.ofMinutes(2));
        round();
        assertThat(got).extracting(Got::type).containsExactly("issue.sent", "issue.sent", "issue.approved");
    }

    private void approved() {
        try (Connection connection = home.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into happening (event, newsletter) values ('issue.approved', 'weekly')");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
