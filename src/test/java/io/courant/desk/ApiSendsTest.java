package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Subscribers;
import io.courant.cli.Shell;
import io.courant.delivery.FrozenIssues;
import io.courant.editor.ApiToken.Scope;
import io.courant.editor.AuditLog;
import io.courant.editor.Role;
import io.courant.lab.Taken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiSendsTest {
    private static final String TESTER = "{\"address\":\"ed@example.org\"}";

    @TempDir
    private Path folder;

    private TestDesk desk;
    private TestApi api;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.home().subscribe("ada@example.org", "bob@example.org");
        desk.home().post("one.md", "Hospitals");
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
        api = TestApi.of(desk, "grace", Role.PUBLISHER, Scope.EDIT, Scope.SEND, Scope.SUBSCRIBERS);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    /** An issue's address. */
    private String composed() {
        new Shell(desk.home()).courant("compose", TestDesk.NEWSLETTER).ending(0);
        return "/api/v1/issues/"
                + desk.get(FrozenIssues.class)
                        .latest(TestDesk.NEWSLETTER)
                        .orElseThrow()
                        .id();
    }

    private String state(String issue) {
        return api.get(issue).json().get("state").asString();
    }

    private void awaitFinished(String issue) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> state(issue), state -> state.equals("finished"));
    }

    private String detail(TestApi.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer.json().get("detail").asString();
    }

    @Test
    void anIssueIsSentOnceAndWhatWasRefusedIsTriedAgain() {
        desk.home().relay().onRecipient("bob@example.org", "550 5.7.1 no mail from you", "250 2.1.5 ok");
        String issue = composed();
        assertThat(detail(api.post(issue + "/send", ""), 400)).contains("bears an Idempotency-Key");
        TestApi.Answer begun = api.post(issue + "/send", "{\"now\":true}", "k-1");
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.header("Location")).isEqualTo(issue + "/send");
        awaitFinished(issue);
        assertThat(api.post(issue + "/send", "{\"now\":true}", "k-1").body()).isEqualTo(begun.body());
        assertThat(detail(api.post(issue + "/send", "", "k-2"), 409))
                .isEqualTo("It cannot be sent now: it is finished.");

        assertThat(detail(api.post(issue + "/retry", "{\"states\":[\"accepted\"]}"), 422))
                .isEqualTo("states: expected rejected or expired; found accepted");
        assertThat(api.post(issue + "/retry", "").json().get("ready").asInt()).isOne();
        assertThat(api.get(issue).json().at("/deliveries/ready").asInt()).isOne();
        assertThat(api.post(issue + "/send", "", "k-3").status()).isEqualTo(202);
        awaitFinished(issue);
        assertThat(desk.home().relay().taken())
                .extracting(Taken::recipient)
                .containsExactlyInAnyOrder("ada@example.org", "bob@example.org");
        assertThat(desk.get(AuditLog.class).list(AuditLog.Filter.newest(3)))
                .extracting(entry -> entry.act().what() + ", " + entry.act().detail())
                .containsExactly(
                        "send, by token 1", "retry, by token 1; 1 mails", "send, by token 1; also in quiet hours");
    }

    @Test
    void whatIsHeldGoesOnAndIsSent() {
        String issue = composed();
        assertThat(detail(api.post(issue + "/send", "", "k-1".repeat(100)), 400))
                .contains("1 to 200");
        assertThat(detail(api.post(issue + "/resume", ""), 409)).isEqualTo("It is not held: it is approved.");
        assertThat(api.post(issue + "/stop", "").json().get("state").asString()).isEqualTo("stopped");
        assertThat(detail(api.post(issue + "/pause", ""), 409)).isEqualTo("It cannot be paused: it is stopped.");
        assertThat(detail(api.post(issue + "/send", "", "k-1"), 409))
                .isEqualTo("It cannot be sent now: it is stopped.");
        assertThat(api.post(issue + "/resume", "").status()).isEqualTo(200);
        awaitFinished(issue);
        assertThat(desk.home().relay().taken()).hasSize(2);
        assertThat(detail(api.post(issue + "/cancel", ""), 409))
                .isEqualTo("There is nothing left to cancel: it is finished.");
    }

    @Test
    void whyASendEndedCanBeAsked() {
        desk.home().relay().close();
        String issue = composed();
        assertThat(api.get(issue + "/send").json().propertyNames()).containsExactly("issue", "sending", "trouble");
        api.post(issue + "/send", "", "k-1");
        String trouble = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get(issue + "/send").json(),
                        send -> !send.get("sending").asBoolean())
                .get("trouble")
                .asString();
        assertThat(trouble).startsWith("relay 127.0.0.1:");
        assertThat(detail(api.post(issue + "/test", TESTER, "k-2"), 502)).startsWith("relay 127.0.0.1:");
    }

    @Test
    void aCopyGoesToAnEditorAndToNobodyElse() {
        String issue = composed();
        TestApi.Answer sent = api.post(issue + "/test", TESTER, "k-1");
        assertThat(sent.json().get("outcome").asString()).isEqualTo("accepted");
        assertThat(desk.home().relay().taken()).singleElement().satisfies(mail -> {
            assertThat(mail.recipient()).isEqualTo("ed@example.org");
            assertThat(mail.messageId()).isEqualTo(sent.json().get("messageId").asString());
        });
        assertThat(state(issue)).isEqualTo("approved");
        assertThat(detail(api.post(issue + "/test", "{}", "k-2"), 422)).isEqualTo("address: is missing");
        assertThat(detail(api.post(issue + "/test", TESTER.replace("}", ",\"edition\":\"x\"}"), "k-3"), 404))
                .isEqualTo("no edition 'x'");
    }

    @Test
    void fromAHomeThatMayBeACopyNotEvenATestGoesOut() throws IOException {
        desk.home().becomeACopy();
        TestApi.Answer draft = api.post("/api/v1/newsletters/weekly/test", TESTER, "k-1");
        String issue = composed();
        TestApi.Answer test = api.post(issue + "/test", TESTER, "k-2");
        TestApi.Answer send = api.post(issue + "/send", "", "k-3");
        for (TestApi.Answer answer : List.of(draft, test, send)) {
            assertThat(detail(answer, 409))
                    .contains("nothing is sent from here until somebody confirms it", "'courant instance confirm'");
        }
        assertThat(desk.home().relay().taken()).isEmpty();
    }

    @Test
    void aSubscriberIsErasedForGood() {
        TestApi.Answer erased = api.post("/api/v1/subscribers/erase", "{\"address\":\"ada@example.org\"}");
        assertThat(erased.json().get("known").asBoolean()).as(erased.body()).isTrue();
        EmailAddress ada = new EmailAddress("ada@example.org");
        assertThat(desk.get(Subscribers.class).find(ada)).isEmpty();
        assertThat(desk.get(Erasures.class).isErased(ada)).isTrue();
        assertThat(detail(api.post("/api/v1/subscribers", "{\"address\":\"ada@example.org\"}"), 409))
                .contains("was erased");
        assertThat(desk.get(AuditLog.class).list(AuditLog.Filter.newest(1)))
                .extracting(entry -> entry.act().what() + " " + entry.act().subject())
                .containsExactly("subscribers erase subscriber 1");
    }
}
