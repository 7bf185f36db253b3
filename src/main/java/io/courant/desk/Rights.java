package io.courant.desk;

import io.courant.editor.Permission;
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
            post("/i/*/cancel", Permission.SEND));

    private Rights() {}

    private static Rule get(String pattern, @Nullable Permission permission) {
        return new Rule(HttpMethod.GET, pattern, permission);
    }

    private static Rule post(String pattern, @Nullable Permission permission) {
        return new Rule(HttpMethod.POST, pattern, permission);
    }
}
