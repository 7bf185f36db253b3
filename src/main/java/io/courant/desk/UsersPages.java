package io.courant.desk;

import io.courant.editor.ApiToken;
import io.courant.editor.ApiTokens;
import io.courant.editor.Credentials;
import io.courant.editor.Editor;
import io.courant.editor.EditorName;
import io.courant.editor.Editors;
import io.courant.editor.Invitations;
import io.courant.editor.Invitations.Invitation;
import io.courant.editor.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who works at the desk, as what, and everybody's tokens. */
@RestController
final class UsersPages {
    private static final String HERE = "/users";

    private final Sheets sheets;
    private final Gate gate;
    private final Editors editors;
    private final Credentials credentials;
    private final Invitations invitations;
    private final ApiTokens tokens;
    private final Zones zones;
    private final InstantSource clock;

    UsersPages(
            Sheets sheets,
            Gate gate,
            Editors editors,
            Credentials credentials,
            Invitations invitations,
            ApiTokens tokens,
            Zones zones,
            InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.editors = editors;
        this.credentials = credentials;
        this.invitations = invitations;
        this.tokens = tokens;
        this.zones = zones;
        this.clock = clock;
    }

    private record Users(List<User> users, List<String> roles, List<ShownToken> tokens) {}

    /**
     * Somebody who works here.
     *
     * @param you whether it is who looks
     */
    private record User(
            String name, String role, boolean disabled, boolean password, boolean codes, String seen, boolean you) {}

    @GetMapping(HERE)
    ResponseEntity<String> users(HttpServletRequest request) {
        Instant now = clock.instant();
        ZoneId zone = zones.common();
        String own = gate.required(request).name();
        return sheets.page(
                request,
                "users",
                new Users(
                        editors.list().stream()
                                .map(editor -> user(editor, own, zone))
                                .toList(),
                        Stream.of(Role.values()).map(Shown::words).toList(),
                        tokens.list().stream()
                                .map(token -> ShownToken.of(token, now, zone))
                                .toList()));
    }

    private static User user(Editor editor, String own, ZoneId zone) {
        return new User(
                editor.name(),
                Shown.words(editor.role()),
                editor.disabled(),
                editor.hasPassword(),
                editor.hasCodes(),
                Times.wordsOr(editor.seen(), zone, "never"),
                editor.name().equals(own));
    }

    @PostMapping(HERE)
    ResponseEntity<?> add(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam("name") String name,
            @RequestParam("role") String role) {
        Editor added;
        try {
            added = editors.add(new EditorName(name), role(role), clock.instant());
        } catch (IllegalArgumentException e) {
            return sheets.go(request, response, HERE, String.valueOf(e.getMessage()), true);
        }
        gate.note(request, "users add", added.name(), Shown.words(added.role()));
        return link(request, invitations.invite(added, Invitations.LASTS));
    }

    @PostMapping("/users/{name}/link")
    ResponseEntity<?> link(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("name") String name) {
        Editor editor = named(name);
        if (editor.disabled()) {
            return sheets.go(
                    request, response, HERE, name + " is disabled; let them in again before you make a link.", true);
        }
        Invitation invitation = invitations.invite(editor, Invitations.LASTS);
        gate.note(request, "users link", editor.name(), "");
        return link(request, invitation);
    }

    /** Where the desk is, whoever asks knows: they are there. */
    private ResponseEntity<String> link(HttpServletRequest request, Invitation invitation) {
        URI link = URI.create(request.getRequestURL().toString()).resolve("/" + invitation.path());
        return sheets.page(
                request,
                "once",
                new Once(
                        "A link for " + invitation.editor().name(),
                        "They choose a password there, once, until " + Times.words(invitation.until(), zones.common())
                                + ". Send it on as you trust: whoever else has it can do so, too.",
                        List.of(link.toString()),
                        HERE));
    }

    @PostMapping("/users/{name}/role")
    ResponseEntity<Void> role(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @RequestParam("role") String role) {
        Editor editor = named(name);
        return sheets.after(request, response, HERE, () -> {
            Role wanted = role(role);
            if (editor.role() == wanted) {
                return editor.name() + " is " + Shown.words(wanted) + " already.";
            }
            editors.changeRole(editor, wanted);
            gate.note(request, "users role", editor.name(), Shown.words(editor.role()) + " to " + Shown.words(wanted));
            return editor.name() + " is " + Shown.words(wanted) + " now, and has to sign in again.";
        });
    }

    @PostMapping("/users/{name}/disable")
    ResponseEntity<Void> disable(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("name") String name) {
        Editor editor = named(name);
        return sheets.after(request, response, HERE, () -> {
            editors.disable(editor);
            gate.note(request, "users disable", editor.name(), "");
            return editor.name() + " is shut out, with all tokens. What they did stays in the log.";
        });
    }

    @PostMapping("/users/{name}/enable")
    ResponseEntity<Void> enable(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("name") String name) {
        Editor editor = named(name);
        return sheets.after(request, response, HERE, () -> {
            editors.enable(editor);
            gate.note(request, "users enable", editor.name(), "");
            return editor.name() + " can come in again.";
        });
    }

    @PostMapping("/users/{name}/codes/off")
    ResponseEntity<Void> codesOff(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("name") String name) {
        Editor editor = named(name);
        return sheets.after(request, response, HERE, () -> {
            credentials.dropCodes(editor.id());
            gate.note(request, "users totp", editor.name(), "off");
            return "The password of " + editor.name() + " is enough from now on.";
        });
    }

    @PostMapping("/users/tokens/{id}/revoke")
    ResponseEntity<Void> revoke(HttpServletRequest request, HttpServletResponse response, @PathVariable("id") long id) {
        ApiToken token = tokens.find(id).orElseThrow();
        return sheets.after(request, response, HERE, () -> {
            tokens.revoke(token.id(), clock.instant());
            gate.note(request, "users tokens revoke", token.owner(), "token " + token.id());
            return "The token of " + token.owner() + " is revoked.";
        });
    }

    private Editor named(String name) {
        return editors.find(name).orElseThrow();
    }

    private static Role role(String name) {
        return Mistyped.one(Role.class, "role", name);
    }
}
