package io.courant.desk;

import io.courant.consent.Origin;
import io.courant.editor.Act;
import io.courant.editor.AuditLog;
import io.courant.editor.Editor;
import io.courant.editor.Editors;
import io.courant.editor.Permission;
import io.courant.web.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.stereotype.Component;

/**
 * Who is at the desk, and what they may do. The session remembers only whose it is; the rest is looked up at each request,
 * so that a role that was taken away and an account that was disabled are so at once.
 */
@Component
final class Gate {
    private static final String EDITOR = "editor";

    private final Editors editors;
    private final AuditLog log;
    private final InstantSource clock;
    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

    Gate(Editors editors, AuditLog log, InstantSource clock) {
        this.editors = editors;
        this.log = log;
        this.clock = clock;
    }

    /** Whose session it is. */
    record Presence(long editor, long epoch) {
        static Presence of(Editor editor) {
            return new Presence(editor.id(), editor.epoch());
        }
    }

    /** Who sent a request; null: nobody who has signed in and may still. */
    @Nullable
    Editor editor(HttpServletRequest request) {
        if (request.getAttribute(EDITOR) instanceof Editor known) {
            return known;
        }
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof Presence presence)) {
            return null;
        }
        Editor editor = present(presence);
        request.setAttribute(EDITOR, editor);
        return editor;
    }

    /** The editor whose session it is, unless something has ended it. */
    @Nullable
    Editor present(Presence presence) {
        return editors.find(presence.editor())
                .filter(found -> !found.disabled() && found.epoch() == presence.epoch())
                .orElse(null);
    }

    /** Who sent a request that only editors get through with. */
    Editor required(HttpServletRequest request) {
        Editor editor = editor(request);
        if (editor == null) {
            throw new NoSuchElementException("nobody has signed in");
        }
        return editor;
    }

    /** Lets through who has a permission; with null, whoever has signed in. */
    AuthorizationManager<RequestAuthorizationContext> asking(@Nullable Permission permission) {
        return (authentication, context) -> {
            Editor editor = editor(context.getRequest());
            return new AuthorizationDecision(editor != null && (permission == null || editor.may(permission)));
        };
    }

    /** Begins somebody's session: under another id and with another CSRF token than before. */
    void admit(Editor editor, HttpServletRequest request, HttpServletResponse response) {
        request.getSession();
        new HttpSessionCsrfTokenRepository().saveToken(null, request, response);
        keep(editor, request, response);
    }

    /** Lets somebody go on who has just ended their sessions, this one too: under another id, with the same forms. */
    void keep(Editor editor, HttpServletRequest request, HttpServletResponse response) {
        request.changeSessionId();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(Presence.of(editor), null, List.of()));
        SecurityContextHolder.setContext(context);
        sessions.saveContext(context, request, response);
        request.setAttribute(EDITOR, editor);
    }

    static Origin origin(HttpServletRequest request) {
        return Caller.of(request);
    }

    /** Writes down what the sender of a request has done. */
    void note(HttpServletRequest request, String what, String subject, String detail) {
        note(required(request), request, what, subject, detail);
    }

    void note(Editor editor, HttpServletRequest request, String what, String subject, String detail) {
        log.note(new Act(clock.instant(), editor.name(), origin(request).client(), what, subject, detail));
    }
}
