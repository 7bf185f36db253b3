package io.courant.desk;

import io.courant.editor.Editor;
import io.courant.editor.Invitations;
import io.courant.editor.SignIn;
import io.courant.editor.SignIn.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How somebody comes in: by name and password, a code where one is asked for, or the first time by a link. */
@RestController
final class LoginPages {
    private static final String WAITING = "waiting";
    /** So long the password that was right is remembered while the code is looked up. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Sheets sheets;
    private final Gate gate;
    private final SignIn door;
    private final Invitations invitations;
    private final InstantSource clock;

    LoginPages(Sheets sheets, Gate gate, SignIn door, Invitations invitations, InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.door = door;
        this.invitations = invitations;
        this.clock = clock;
    }

    private record Login(String name, String flaw) {}

    private record Code(String flaw) {}

    private record Welcome(String name, String action, String flaw) {}

    /** Whose code is waited for. */
    private record Waiting(Gate.Presence presence, Instant until) {}

    @GetMapping("/login")
    ResponseEntity<String> login(HttpServletRequest request) {
        return sheets.page(request, "login", new Login("", ""));
    }

    @PostMapping("/login")
    ResponseEntity<?> login(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam("name") String name,
            @RequestParam("password") String password) {
        Answer answer = door.withPassword(name, password, Gate.origin(request));
        if (answer instanceof Answer.CodeWanted wanted) {
            request.getSession()
                    .setAttribute(
                            WAITING,
                            new Waiting(
                                    Gate.Presence.of(wanted.editor()),
                                    clock.instant().plus(PATIENCE)));
            return sheets.page(request, "code", new Code(""));
        }
        return answered(request, response, answer, "login", flaw -> new Login(name, flaw));
    }

    @PostMapping("/login/code")
    ResponseEntity<?> code(
            HttpServletRequest request, HttpServletResponse response, @RequestParam("code") String code) {
        Editor editor = waiting(request);
        if (editor == null) {
            return sheets.page(request, 422, "login", new Login("", "That took too long; please begin again."));
        }
        return answered(request, response, door.withCode(editor, code, Gate.origin(request)), "code", Code::new);
    }

    @Nullable
    private Editor waiting(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null
                        && session.getAttribute(WAITING) instanceof Waiting waiting
                        && clock.instant().isBefore(waiting.until())
                ? gate.present(waiting.presence())
                : null;
    }

    private ResponseEntity<?> answered(
            HttpServletRequest request,
            HttpServletResponse response,
            Answer answer,
            String page,
            Function<String, Record> flawed) {
        if (answer instanceof Answer.Admitted admitted) {
            request.getSession().removeAttribute(WAITING);
            gate.admit(admitted.editor(), request, response);
            gate.note(request, "sign in", "", "");
            return sheets.to("/");
        }
        String flaw = answer instanceof Answer.Wait wait
                ? "Too many attempts were wrong. Try again in " + Times.words(wait.left()) + "."
                : page.equals("login") ? "Name or password is wrong." : "The code is wrong, or was used before.";
        return sheets.page(request, 422, page, flawed.apply(flaw));
    }

    @GetMapping("/welcome/{token}")
    ResponseEntity<String> welcome(HttpServletRequest request, @PathVariable("token") String token) {
        return welcome(request, 200, token, "");
    }

    @PostMapping("/welcome/{token}")
    ResponseEntity<?> welcome(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("token") String token,
            @RequestParam("password") String password) {
        try {
            Optional<Editor> editor = invitations.accept(token, password);
            if (editor.isEmpty()) {
                return expired(request);
            }
            gate.note(editor.get(), request, "users password", editor.get().name(), "by a one-time link");
            return sheets.go(request, response, "/login", "The password is kept. Sign in with it.", false);
        } catch (IllegalArgumentException e) {
            return welcome(request, 422, token, String.valueOf(e.getMessage()));
        }
    }

    private ResponseEntity<String> welcome(HttpServletRequest request, int status, String token, String flaw) {
        return invitations
                .guest(token)
                .map(editor ->
                        sheets.page(request, status, "welcome", new Welcome(editor.name(), "/welcome/" + token, flaw)))
                .orElseGet(() -> expired(request));
    }

    private ResponseEntity<String> expired(HttpServletRequest request) {
        return sheets.page(request, 404, "expired", new Login("", ""));
    }
}
