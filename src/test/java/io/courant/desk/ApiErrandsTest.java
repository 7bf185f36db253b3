package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.FrozenIssues;
import io.courant.editor.ApiToken.Scope;
import io.courant.editor.AuditLog;
import io.courant.editor.Role;
import io.courant.issue.IssueId;
import io.courant.job.HomeLock;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ApiErrandsTest {
    private static final String NEWSLETTER = "/api/v1/newsletters/" + TestDesk.NEWSLETTER;

    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.home().subscribe("ada@example.org");
        desk.home().post("one.md", "Hospitals");
        desk.home().changeJob(TestDesk.NEWSLETTER, "template: digest", "template: digest\napproval: true");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private TestApi program(Scope... scopes) {
        return TestApi.of(desk, "grace", Role.PUBLISHER, scopes);
    }

    /** What came of something that was begun, asked where the answer says. */
    private static JsonNode over(TestApi api, TestApi.Answer begun) {
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get(begun.header("Location")).json(),
                        task -> !task.get("state").asString().equals("underWay"));
    }

    @Test
    void theSourcesAreReadAndTheIssueIsMadeAndMadeAnew() {
        TestApi api = program(Scope.EDIT);
        JsonNode collected = over(api, api.post(NEWSLETTER + "/collect", ""));
        assertThat(collected.get("state").asString()).isEqualTo("done");
        assertThat(collected.at("/told/0").asString()).isEqualTo("New posts: 1; known before: 0.");
        assertThat(collected.get("by").asString()).isEqualTo("grace");

        JsonNode made = over(api, api.post(NEWSLETTER + "/compose", ""));
        String issue = made.get("issue").asString();
        assertThat(desk.get(FrozenIssues.class).unfinished(TestDesk.NEWSLETTER)).containsExactly(new IssueId(issue));
        assertThat(api.get("/api/v1/issues/" + issue).json().get("state").asString())
                .isEqualTo("awaitingApproval");

        TestApi.Answer twice = api.post(NEWSLETTER + "/compose", "{}");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.json().get("detail").asString()).startsWith(issue + " is made already");
        String anew = over(api, api.post(NEWSLETTER + "/compose", "{\"instead\":\"" + issue + "\"}"))
                .get("issue")
                .asString();
        assertThat(desk.get(FrozenIssues.class).unfinished(TestDesk.NEWSLETTER)).containsExactly(new IssueId(anew));
        assertThat(desk.get(AuditLog.class).list(AuditLog.Filter.newest(3)))
                .extracting(entry -> entry.act().what() + ", " + entry.act().detail())
                .containsExactly("compose --again, by token 1; " + issue, "compose, by token 1", "collect, by token 1");
    }

    @Test
    void oneKeyBeginsOneTask() {
        TestApi api = program(Scope.EDIT);
        TestApi.Answer first = api.post(NEWSLETTER + "/collect", "", "k-1");
        TestApi.Answer again = api.post(NEWSLETTER + "/collect", "", "k-1");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(over(api, again).get("state").asString()).isEqualTo("done");
    }

    @Test
    void whereNobodyApprovesToMakeAnIssueTakesTheScopeToSend() {
        desk.home().changeJob(TestDesk.NEWSLETTER, "\napproval: true", "");
        TestApi.Answer refused = program(Scope.EDIT).post(NEWSLETTER + "/compose", "");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("detail").asString()).contains("without anybody's approval");
        TestApi both = TestApi.of(desk, "barbara", Role.PUBLISHER, Scope.EDIT, Scope.SEND);
        over(both, both.post(NEWSLETTER + "/collect", ""));
        assertThat(over(both, both.post(NEWSLETTER + "/compose", ""))
                        .get("issue")
                        .isNull())
                .isFalse();
    }

    @Test
    void whatWaitsForSomebodyElseHasFailedAndUnknownTasksAreNotFound() {
        TestApi api = program(Scope.EDIT);
        JsonNode failed =
                HomeLock.holding(desk.home().home(), "testing", () -> over(api, api.post(NEWSLETTER + "/collect", "")));
        assertThat(failed.get("state").asString()).isEqualTo("failed");
        assertThat(failed.at("/told/0").asString())
                .startsWith("Nothing was done: ")
                .contains("testing");
        assertThat(api.get("/api/v1/tasks/nothing").status()).isEqualTo(404);
        assertThat(api.post("/api/v1/newsletters/nothing/collect", "").status()).isEqualTo(404);
        assertThat(TestApi.of(desk, "alan", Role.READER, Scope.READ)
                        .post(NEWSLETTER + "/collect", "")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aCopyOfTheDraftGoesToAnEditor() {
        TestApi api = program(Scope.EDIT);
        String editor = "{\"address\":\"ed@example.org\"}";
        assertThat(api.post(NEWSLETTER + "/test", editor, "k-1")
                        .json()
                        .get("detail")
                        .asString())
                .isEqualTo("There is nothing to send: no issue could be made now.");
        over(api, api.post(NEWSLETTER + "/collect", ""));
        TestApi.Answer sent = api.post(NEWSLETTER + "/test", editor, "k-1");
        assertThat(sent.json().propertyNames()).containsExactly("address", "messageId", "relay", "outcome", "reply");
        assertThat(api.post(NEWSLETTER + "/test", editor, "k-1").body()).isEqualTo(sent.body());
        assertThat(desk.home().relay().taken())
                .singleElement()
                .satisfies(mail -> assertThat(mail.content()).contains("Subject: [Test]", "X-Courant-Test: yes"));
    }
}
