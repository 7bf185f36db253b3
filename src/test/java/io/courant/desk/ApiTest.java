package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cli.Shell;
import io.courant.delivery.FrozenIssues;
import io.courant.editor.ApiToken.Scope;
import io.courant.editor.AuditLog;
import io.courant.editor.Editors;
import io.courant.editor.Role;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ApiTest {
    private static final String NEWSLETTER = "/api/v1/newsletters/" + TestDesk.NEWSLETTER;

    @TempDir
    private Path folder;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.home().subscribe("ada@example.org", "bob@example.org");
        desk.home().post("one.md", "Hospitals");
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private TestApi program(Scope... scopes) {
        return TestApi.of(desk, "grace", Role.PUBLISHER, scopes);
    }

    private String composed() {
        new Shell(desk.home()).courant("compose", TestDesk.NEWSLETTER).ending(0);
        return desk.get(FrozenIssues.class)
                .latest(TestDesk.NEWSLETTER)
                .orElseThrow()
                .id()
                .value();
    }

    @Test
    void whatIsMistypedIsSaidAndIsNoAccident() {
        TestApi api = program(Scope.EDIT, Scope.AUDIT);
        TestApi.Answer limit = api.get("/api/v1/issues?newsletter=" + TestDesk.NEWSLETTER + "&limit=few");
        assertThat(limit.status()).isEqualTo(422);
        assertThat(limit.json().get("detail").asString()).isEqualTo("limit: expected a number, found 'few'");
        TestApi.Answer since = api.get("/api/v1/audit-log?since=monday");
        assertThat(since.status()).isEqualTo(422);
        assertThat(since.json().get("detail").asString())
                .isEqualTo("since: expected a time such as 2026-11-24T08:30:00Z, found 'monday'");
        TestApi.Answer about =
                api.post(NEWSLETTER + "/edits", "{\"kind\":\"heading\",\"about\":\"first\",\"value\":\"Wards\"}");
        assertThat(about.status()).isEqualTo(422);
        assertThat(about.json().get("detail").asString()).startsWith("about: expected an item's number");
    }

    @Test
    void aProgramEditsTheDraftAndTakesItBack() {
        TestApi api = program(Scope.EDIT);
        JsonNode draft = api.get(NEWSLETTER + "/draft").json();
        JsonNode item = draft.at("/topics/0/items/0");
        assertThat(item.get("heading").asString()).isEqualTo("Hospitals");
        String wanted = "{\"kind\":\"heading\",\"about\":\"" + item.get("item").asLong() + "\",\"value\":\"Wards\"}";
        assertThat(api.post(NEWSLETTER + "/edits", wanted).status()).isEqualTo(201);
        assertThat(api.get(NEWSLETTER + "/draft")
                        .json()
                        .at("/topics/0/items/0/heading")
                        .asString())
                .isEqualTo("Wards");
        assertThat(api.post(NEWSLETTER + "/edits/undo", "").json().get("by").asString())
                .isEqualTo("grace");
        assertThat(api.get(NEWSLETTER + "/edits").json()).isEmpty();
        assertThat(api.post(NEWSLETTER + "/edits/undo", "").status()).isEqualTo(409);
        assertThat(api.post(NEWSLETTER + "/edits", "{\"kind\":\"colour\"}").status())
                .isEqualTo(422);
        assertThat(api.post(NEWSLETTER + "/edits", "{").status()).isEqualTo(400);
    }

    @Test
    void anIssueIsApprovedAsItWasSeenThenHeldAndCancelled() {
        desk.home().changeJob(TestDesk.NEWSLETTER, "template: digest", "template: digest\napproval: true");
        String issue = "/api/v1/issues/" + composed();
        TestApi api = program(Scope.SEND, Scope.SUBSCRIBERS);
        TestApi.Answer other = api.post(issue + "/approve", "{\"hash\":\"00\"}");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().get("detail").asString()).contains("is not what you saw");
        String hash = api.get(issue + "/approval").json().get("hash").asString();
        JsonNode approved =
                api.post(issue + "/approve", "{\"hash\":\"" + hash + "\"}").json();
        assertThat(approved.get("approvedBy").get(0).asString()).isEqualTo("grace");
        assertThat(api.post(issue + "/pause", "").json().get("state").asString())
                .isEqualTo("paused");
        assertThat(api.post(issue + "/resume", "").json().get("state").asString())
                .isEqualTo("approved");
        assertThat(api.post(issue + "/stop", "").json().get("state").asString()).isEqualTo("stopped");
        JsonNode page = api.get(issue + "/deliveries?limit=1").json();
        assertThat(page.at("/deliveries/0/address").asString()).isEqualTo("ada@example.org");
        JsonNode rest = api.get(issue + "/deliveries?after=" + page.get("next").asLong())
                .json();
        assertThat(rest.get("deliveries")).hasSize(1);
        assertThat(api.post(issue + "/cancel", "").json().get("state").asString())
                .isEqualTo("cancelled");
        assertThat(desk.get(AuditLog.class)
                        .list(AuditLog.Filter.newest(1))
                        .get(0)
                        .act())
                .extracting(act -> act.who() + " " + act.what() + ", " + act.detail())
                .isEqualTo("grace cancel, by token 1");
    }

    @Test
    void whoLeftStaysGoneWhateverAProgramSays() {
        TestApi api = program(Scope.SUBSCRIBERS);
        String cleo = "{\"address\":\"cleo@example.org\",\"newsletters\":[\"weekly\"],\"wording\":\"Yes, please\"}";
        assertThat(api.post("/api/v1/subscribers", cleo).json().get("state").asString())
                .isEqualTo("signedUp");
        assertThat(api.post("/api/v1/subscribers/suppress", "{\"address\":\"cleo@example.org\"}")
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/subscribers?address=cleo@example.org")
                        .json()
                        .get("suppressed")
                        .asString())
                .isEqualTo("asked for by an editor");
        assertThat(api.post("/api/v1/subscribers/allow", "{\"address\":\"cleo@example.org\"}")
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/subscribers?address=nobody@example.org").status())
                .isEqualTo(404);
    }

    @Test
    void aRequestIsDoneOnceForEachKey() {
        TestApi api = program(Scope.EDIT);
        String subject = "{\"kind\":\"subject\",\"value\":\"A word\"}";
        TestApi.Answer first = api.post(NEWSLETTER + "/edits", subject, "k-1");
        TestApi.Answer again = api.post(NEWSLETTER + "/edits", subject, "k-1");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(api.get(NEWSLETTER + "/edits").json()).hasSize(1);
        assertThat(api.post(NEWSLETTER + "/edits", subject.replace("word", "text"), "k-1")
                        .status())
                .isEqualTo(422);
        desk.home().advance(Duration.ofHours(24));
        assertThat(api.post(NEWSLETTER + "/edits", subject, "k-1").status()).isEqualTo(201);
        assertThat(api.get(NEWSLETTER + "/edits").json()).hasSize(2);
    }

    @Test
    void aTokenGoesAsFarAsItsScopesAndItsOwner() {
        TestApi nobody = new TestApi(desk, "");
        assertThat(nobody.get(NEWSLETTER).status()).isEqualTo(401);
        assertThat(nobody.get(NEWSLETTER).header("WWW-Authenticate")).isEqualTo("Bearer realm=\"courant\"");
        TestApi stranger = new TestApi(desk, "courant_unknown");
        assertThat(stranger.get(NEWSLETTER).header("WWW-Authenticate")).contains("invalid_token");
        TestApi api = program(Scope.READ);
        assertThat(api.get(NEWSLETTER).status()).isEqualTo(200);
        TestApi.Answer refused = api.post(NEWSLETTER + "/edits/undo", "");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.json().propertyNames()).containsExactly("type", "title", "status", "detail");
        assertThat(api.get("/api/v1/audit-log").status()).isEqualTo(403);
        assertThat(api.get("/api/v1/nothing").status()).isEqualTo(404);
        assertThat(api.get("/").header("Location")).endsWith("/login"); // a token is no key to the pages
        Editors editors = desk.get(Editors.class);
        TestApi.of(desk, "olga", Role.OWNER, Scope.READ);
        editors.disable(editors.find("grace").orElseThrow());
        assertThat(api.get(NEWSLETTER).status()).isEqualTo(401);
    }

    @Test
    void aTokenMayAskSoOftenInAMinute() {
        TestApi api = program(Scope.READ);
        for (int i = 0; i < Pacing.MOST; i++) {
            assertThat(api.get("/api/v1/sources").status()).isEqualTo(200);
        }
        TestApi.Answer tooMuch = api.get("/api/v1/sources");
        assertThat(tooMuch.status()).isEqualTo(429);
        assertThat(tooMuch.header("Retry-After")).isEqualTo("60");
        desk.home().advance(Duration.ofMinutes(1));
        assertThat(api.get("/api/v1/sources").status()).isEqualTo(200);
    }
}
