package io.courant.desk;

import io.courant.editor.ApiToken;
import io.courant.editor.ApiTokens;
import io.courant.editor.Credentials;
import io.courant.editor.Editor;
import io.courant.editor.Editors;
import io.courant.editor.OneTimeCodes;
import io.courant.editor.Passwords;
import io.courant.editor.SignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One's own account: by what one comes in, and the tokens of one's programs. */
@RestController
final class MePages {
    private static final String HERE = "/me";

    private final Sheets sheets;
    private final Gate gate;
    private final SignIn door;
    private final Editors editors;
    private final Credentials credentials;
    private final Passwords passwords;
    private final OneTimeCodes codes;
    private final ApiTokens tokens;
    private final Zones zones;
    private final InstantSource clock;

    MePages(
            Sheets sheets,
            Gate gate,
            SignIn door,
            Editors editors,
            Credentials credentials,
            Passwords passwords,
            OneTimeCodes codes,
            ApiTokens tokens,
            Zones zones,
            InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.door = door;
        this.editors = editors;
        this.credentials = credentials;
        this.passwords = passwords;
        this.codes = codes;
        this.tokens = tokens;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * An account as its owner sees it.
     *
     * @param offered codes that wait for being confirmed, at most one
     * @param recoveryLeft how many recovery codes are not used up
     * @param scopes which a token of theirs can be of use with
     */
    private record Me(
            String name,
            String role,
            boolean codes,
            int recoveryLeft,
            List<Offered> offered,
            List<ShownToken> tokens,
            List<Scope> scopes) {}

    /**
     * What an app needs.
     *
     * @param secret in groups, for typing
     */
    private record Offered(String secret, String uri) {}

    private record Scope(String name, String words) {
        static Scope of(ApiToken.Scope scope) {
            String words = switch (scope) {
                case READ -> "issues, reports, sources and what comes next";
                case EDIT -> "drafts, and tests of them";
                case SEND -> "approve, send, hold and cancel";
                case SUBSCRIBERS -> "see and change subscribers";
                case AUDIT -> "read who did what";
            };
            return new Scope(Shown.words(scope), words);
        }
    }

    @GetMapping(HERE)
    ResponseEntity<String> me(HttpServletRequest request) {
        Editor editor = gate.required(request);
        Instant now = clock.instant();
        return sheets.page(
                request,
                "me",
                new Me(
                        editor.name(),
                        Shown.words(editor.role()),
                        editor.hasCodes(),
                        editor.hasCodes() ? credentials.recoveryLeft(editor.id()) : 0,
                        codes
                                .offered(editor)
                                .map(offer -> new Offered(
                                        offer.secret().replaceAll("(.{4})(?!$)", "$1 "),
                                        offer.uri().toString()))
                                .stream()
                                .toList(),
                        tokens.list().stream()
                                .filter(token -> token.owner().equals(editor.name()))
                                .map(token -> ShownToken.of(token, now, zones.common()))
                                .toList(),
                        Stream.of(ApiToken.Scope.values())
                                .filter(scope -> scope.isOfUseTo(editor.role()))
                                .map(Scope::of)
                                .toList()));
    }

    @PostMapping("/me/password")
    ResponseEntity<Void> password(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam("old") String old,
            @RequestParam("password") String password) {
        Editor editor = gate.required(request);
        return sheets.after(request, response, HERE, () -> {
            askFor(old, editor, request);
            credentials.changePassword(editor.id(), passwords.hash(password));
            gate.note(request, "users password", editor.name(), "");
            stay(editor, request, response);
            return "The password is changed. Wherever else you were signed in, you are not any more.";
        });
    }

    /** Who finds a desk that somebody left open is not that somebody. */
    private void askFor(String password, Editor editor, HttpServletRequest request) {
        SignIn.Answer answer = door.withPassword(editor.name(), password, Gate.origin(request));
        if (answer instanceof SignIn.Answer.Wait wait) {
            throw new IllegalArgumentException(
                    "Too many passwords were wrong. Try again in " + Times.words(wait.left()) + ".");
        } else if (answer instanceof SignIn.Answer.Refused) {
            throw new IllegalArgumentException("That is not your password; nothing was changed.");
        }
    }

    private void stay(Editor editor, HttpServletRequest request, HttpServletResponse response) {
        editors.find(editor.id()).ifPresent(now -> gate.keep(now, request, response));
    }

    @PostMapping("/me/codes")
    ResponseEntity<Void> offer(HttpServletRequest request, HttpServletResponse response) {
        Editor editor = gate.required(request);
        return sheets.after(request, response, HERE, () -> {
            if (editor.hasCodes()) {
                throw new IllegalArgumentException("Codes are asked for already; switch them off first.");
            }
            codes.offer(editor);
            return "Give the secret to your app, then type the code that it shows. Nothing is asked for until then.";
        });
    }

    @PostMapping("/me/codes/confirm")
    ResponseEntity<?> confirm(
            HttpServletRequest request, HttpServletResponse response, @RequestParam("code") String code) {
        Editor editor = gate.required(request);
        Optional<List<String>> recovery = codes.confirm(editor, code);
        if (recovery.isEmpty()) {
            return sheets.go(
                    request,
                    response,
                    HERE,
                    "That is not the code of this moment. See that the clocks of your device and of the server are right.",
                    true);
        }
        gate.note(request, "users totp", editor.name(), "on");
        stay(editor, request, response);
        return sheets.page(
                request,
                "once",
                new Once(
                        "Recovery codes",
                        "A code is asked for from now on. Each of these stands in for one, once, if the app is lost: keep"
                                + " them where the app is not.",
                        recovery.get(),
                        HERE));
    }

    @PostMapping("/me/codes/off")
    ResponseEntity<Void> off(
            HttpServletRequest request, HttpServletResponse response, @RequestParam("current") String password) {
        Editor editor = gate.required(request);
        return sheets.after(request, response, HERE, () -> {
            askFor(password, editor, request);
            credentials.dropCodes(editor.id());
            gate.note(request, "users totp", editor.name(), "off");
            stay(editor, request, response);
            return "The password is enough from now on.";
        });
    }

    @PostMapping("/me/tokens")
    ResponseEntity<?> token(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam("label") String label,
            @RequestParam(name = "scope", required = false) @Nullable List<String> scopes,
            @RequestParam("days") int days) {
        Editor editor = gate.required(request);
        if (scopes == null) {
            return sheets.go(request, response, HERE, "Say what the token is for: choose a scope at least.", true);
        }
        Set<ApiToken.Scope> chosen = EnumSet.noneOf(ApiToken.Scope.class);
        scopes.forEach(scope -> chosen.add(Mistyped.one(ApiToken.Scope.class, "scope", scope)));
        ApiTokens.Made made =
                tokens.make(editor, label.strip(), chosen, clock.instant(), days == 0 ? null : Duration.ofDays(days));
        gate.note(
                request,
                "users tokens add",
                editor.name(),
                "token " + made.token().id() + ": " + String.join(", ", scopes));
        return sheets.page(
                request,
                "once",
                new Once(
                        "A new token",
                        "A program shows it with each request. Keep it as you would a password.",
                        List.of(made.text()),
                        HERE));
    }

    @PostMapping("/me/tokens/{id}/revoke")
    ResponseEntity<Void> revoke(HttpServletRequest request, HttpServletResponse response, @PathVariable("id") long id) {
        Editor editor = gate.required(request);
        ApiToken token = tokens.find(id)
                .filter(found -> found.owner().equals(editor.name()))
                .orElseThrow();
        return sheets.after(request, response, HERE, () -> {
            tokens.revoke(token.id(), clock.instant());
            gate.note(request, "users tokens revoke", editor.name(), "token " + token.id());
            return "The token is revoked: no program comes in with it any more.";
        });
    }
}
