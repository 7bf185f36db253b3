package io.courant.desk;

import io.courant.desk.Rights.Rule;
import io.courant.editor.Permission;
import java.util.List;
import org.springframework.http.HttpMethod;

/** Which requests of programs need which permission, beyond which no scope of a token reaches; the rest is refused. */
final class ApiRights {
    static final String ROOT = "/api/v1";

    /** What nobody needs a token for; {@link HealthPages} says more to who has one. */
    static final List<String> EVERYBODY = List.of(ROOT + "/openapi.yaml", "/health/live", "/health/ready");

    static final List<Rule> RULES = List.of(
            new Rule(HttpMethod.GET, "/metrics", Permission.LOOK),
            get("/newsletters", Permission.LOOK),
            get("/newsletters/{name}", Permission.LOOK),
            get("/newsletters/{name}/draft", Permission.LOOK),
            get("/newsletters/{name}/edits", Permission.LOOK),
            post("/newsletters/{name}/edits", Permission.EDIT_DRAFTS),
            post("/newsletters/{name}/edits/undo", Permission.EDIT_DRAFTS),
            post("/newsletters/{name}/edits/redo", Permission.EDIT_DRAFTS),
            post("/newsletters/{name}/collect", Permission.EDIT_DRAFTS),
            post("/newsletters/{name}/compose", Permission.EDIT_DRAFTS), // and to SEND, where nobody approves it
            post("/newsletters/{name}/test", Permission.SEND_TESTS),
            get("/tasks/{task}", Permission.LOOK),
            get("/issues", Permission.LOOK),
            get("/issues/{issue}", Permission.LOOK),
            get("/issues/{issue}/approval", Permission.LOOK),
            get("/issues/{issue}/deliveries", Permission.SEE_SUBSCRIBERS),
            post("/issues/{issue}/approve", Permission.APPROVE),
            post("/issues/{issue}/withdraw", Permission.APPROVE),
            get("/issues/{issue}/send", Permission.LOOK),
            post("/issues/{issue}/send", Permission.SEND),
            post("/issues/{issue}/test", Permission.SEND_TESTS),
            post("/issues/{issue}/pause", Permission.SEND),
            post("/issues/{issue}/resume", Permission.SEND),
            post("/issues/{issue}/stop", Permission.SEND),
            post("/issues/{issue}/retry", Permission.SEND),
            post("/issues/{issue}/cancel", Permission.SEND),
            get("/sources", Permission.LOOK),
            get("/subscribers", Permission.SEE_SUBSCRIBERS),
            post("/subscribers", Permission.CHANGE_SUBSCRIBERS),
            post("/subscribers/suppress", Permission.CHANGE_SUBSCRIBERS),
            post("/subscribers/allow", Permission.CHANGE_SUBSCRIBERS),
            post("/subscribers/erase", Permission.CHANGE_SUBSCRIBERS),
            get("/audit-log", Permission.SEE_AUDIT_LOG));

    /** What sends mail: a program that hears no answer asks again, so each request bears an Idempotency-Key. */
    static final List<String> SENDS =
            List.of(ROOT + "/newsletters/{name}/test", ROOT + "/issues/{issue}/send", ROOT + "/issues/{issue}/test");

    private ApiRights() {}

    private static Rule get(String path, Permission permission) {
        return new Rule(HttpMethod.GET, ROOT + path, permission);
    }

    private static Rule post(String path, Permission permission) {
        return new Rule(HttpMethod.POST, ROOT + path, permission);
    }
}
