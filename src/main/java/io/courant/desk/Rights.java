package io.courant.desk;

import io.courant.editor.Permission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** Which requests need which permission: the first rule that fits holds, and what fits none is nobody's. */
final class Rights {
    /**
     * A rule.
     *
     * @param permission null: whoever has signed in
     */
    record Rule(HttpMethod method, String pattern, @Nullable Permission permission) {}

    /** What lets somebody in, and what the pages are drawn with. */
    static final List<String> EVERYBODY =
            List.of("/desk.css", "/desk.js", "/htmx.js", "/login", "/login/code", "/welcome/*");

    static final List<Rule> RULES = List.of(
            post("/logout", null),
            get("/", Permission.LOOK),
            get("/n/*", Permission.LOOK),
            get("/n/*/errand", Permission.LOOK),
            get("/n/*/preview", Permission.LOOK),
            get("/n/*/preview.html", Permission.LOOK),
            get("/n/*/preview.txt", Permission.LOOK),
            get("/n/*/preview.eml", Permission.LOOK),
            get("/n/*/trends", Permission.LOOK),
            post("/n/*/items/*/words", Permission.EDIT_DRAFTS),
            post("/n/*/items/*/topics", Permission.EDIT_DRAFTS),
            post("/n/*/items/*/untopics", Permission.EDIT_DRAFTS),
            post("/n/*/items/*/move", Permission.EDIT_DRAFTS),
            post("/n/*/items/*/*", Permission.EDIT_DRAFTS),
            post("/n/*/topics/*/move", Permission.EDIT_DRAFTS),
            post("/n/*/words", Permission.EDIT_DRAFTS),
            post("/n/*/undo", Permission.EDIT_DRAFTS),
            post("/n/*/redo", Permission.EDIT_DRAFTS),
            post("/n/*/test", Permission.SEND_TESTS),
            post("/n/*/collect", Permission.EDIT_DRAFTS),
            post("/n/*/make", Permission.EDIT_DRAFTS),
            get("/instance", Permission.LOOK),
            post("/instance/confirm", Permission.CONFIRM_RESTORE),
            get("/n/*/issues", Permission.LOOK),
            get("/i/*", Permission.LOOK),
            get("/i/*/events", Permission.LOOK),
            get("/i/*/mail", Permission.LOOK),
            get("/i/*/text", Permission.LOOK),
            get("/i/*/source", Permission.LOOK),
            post("/i/*/test", Permission.SEND_TESTS),
            post("/i/*/approve", Permission.APPROVE),
            post("/i/*/withdraw", Permission.APPROVE),
            post("/i/*/send", Permission.SEND),
            post("/i/*/pause", Permission.SEND),
            post("/i/*/stop", Permission.SEND),
            post("/i/*/resume", Permission.SEND),
            post("/i/*/retry", Permission.SEND),
            post("/i/*/cancel", Permission.SEND),
            get("/me", null),
            post("/me/password", null),
            post("/me/codes", null),
            post("/me/codes/confirm", null),
            post("/me/codes/off", null),
            post("/me/tokens", null),
            post("/me/tokens/*/revoke", null),
            get("/users", Permission.CHANGE_ACCOUNTS),
            post("/users", Permission.CHANGE_ACCOUNTS),
            post("/users/*/link", Permission.CHANGE_ACCOUNTS),
            post("/users/*/role", Permission.CHANGE_ACCOUNTS),
            post("/users/*/disable", Permission.CHANGE_ACCOUNTS),
            post("/users/*/enable", Permission.CHANGE_ACCOUNTS),
            post("/users/*/codes/off", Permission.CHANGE_ACCOUNTS),
            post("/users/tokens/*/revoke", Permission.CHANGE_ACCOUNTS),
            get("/audit", Permission.SEE_AUDIT_LOG),
            post("/audit/verify", Permission.SEE_AUDIT_LOG),
            get("/sources", Permission.LOOK),
            post("/sources/resume", Permission.EDIT_DRAFTS), // what an issue is made of, is its editors' business
            get("/workers", Permission.LOOK),
            post("/workers/requeue", Permission.SEND),
            get("/subscribers", Permission.SEE_SUBSCRIBERS),
            post("/subscribers/search", Permission.SEE_SUBSCRIBERS),
            post("/subscribers", Permission.CHANGE_SUBSCRIBERS),
            post("/subscribers/suppress", Permission.CHANGE_SUBSCRIBERS),
            post("/subscribers/allow", Permission.CHANGE_SUBSCRIBERS),
            get("/subscribers/import", Permission.CHANGE_SUBSCRIBERS),
            post("/subscribers/import", Permission.CHANGE_SUBSCRIBERS),
            post("/subscribers/import/run", Permission.CHANGE_SUBSCRIBERS),
            post("/subscribers/export", Permission.CHANGE_SUBSCRIBERS),
            get("/settings", Permission.SEE_SETTINGS),
            get("/n/*/settings", Permission.SEE_SETTINGS),
            get("/subscribers/*", Permission.SEE_SUBSCRIBERS),
            post("/subscribers/*/erase", Permission.CHANGE_SUBSCRIBERS));

    private Rights() {}

    /** Whether there is something at the address of a request, for whoever may. */
    static boolean isKnown(HttpServletRequest request) {
        return RULES.stream()
                .anyMatch(
                        rule -> rule.method().matches(request.getMethod()) && Endpoints.isAt(request, rule.pattern()));
    }

    private static Rule get(String pattern, @Nullable Permission permission) {
        return new Rule(HttpMethod.GET, pattern, permission);
    }

    private static Rule post(String pattern, @Nullable Permission permission) {
        return new Rule(HttpMethod.POST, pattern, permission);
    }
}
