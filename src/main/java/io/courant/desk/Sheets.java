package io.courant.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.courant.delivery.RelayException;
import io.courant.editor.Editor;
import io.courant.editor.Permission;
import io.courant.job.Muster;
import io.courant.render.DeskPages;
import io.courant.upkeep.Doubt;
import io.courant.upkeep.Instance;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Draws the desk's pages, and answers what was sent by a form. */
@Component
final class Sheets {
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, UTF_8);
    private static final String TOLD = "told";
    private static final String WRONG = "wrong";

    private final DeskPages pages;
    private final Gate gate;
    private final Instance instance;
    private final Muster muster;

    Sheets(DeskPages pages, Gate gate, Instance instance, Muster muster) {
        this.pages = pages;
        this.gate = gate;
        this.instance = instance;
        this.muster = muster;
    }

    /**
     * All that a template sees.
     *
     * @param may names of what the editor may do
     */
    private record Sheet(Frame desk, List<String> may, Record page) {}

    /**
     * What is around a page.
     *
     * @param who empty: nobody has signed in
     * @param told what came of the last action; empty: nothing is told
     * @param wrong whether it failed
     * @param doubt why nothing is sent from here; empty: it is
     */
    private record Frame(String who, List<Door> doors, String csrf, String told, boolean wrong, String doubt) {}

    private record Door(String href, String name, boolean here) {}

    ResponseEntity<String> page(HttpServletRequest request, String name, Record page) {
        return page(request, 200, name, page);
    }

    ResponseEntity<String> page(HttpServletRequest request, int status, String name, Record page) {
        return page(request, status, name, page, told(request), wrong(request));
    }

    private ResponseEntity<String> page(
            HttpServletRequest request, int status, String name, Record page, String told, boolean wrong) {
        Editor editor = gate.editor(request);
        List<String> may = new ArrayList<>();
        for (Permission permission : Permission.values()) {
            if (editor != null && editor.may(permission)) {
                may.add(permission.name());
            }
        }
        Frame frame = new Frame(
                editor == null ? "" : editor.name(),
                doors(editor, request.getRequestURI()),
                csrf(request),
                told,
                wrong,
                editor == null ? "" : instance.doubt().map(Doubt::found).orElse(""));
        return ResponseEntity.status(HttpStatusCode.valueOf(status))
                .contentType(HTML)
                .body(pages.html(name, new Sheet(frame, may, page)));
    }

    /** Does what a form asks for, and leads to a page that says what came of it. */
    ResponseEntity<Void> after(
            HttpServletRequest request, HttpServletResponse response, String path, Supplier<String> action) {
        try {
            return go(request, response, path, action.get(), false);
        } catch (IllegalArgumentException | IllegalStateException | RelayException e) {
            return go(request, response, path, String.valueOf(e.getMessage()), true);
        }
    }

    /** Leads to a page (RFC 9110 §15.4.4). */
    ResponseEntity<Void> to(String path) {
        return ResponseEntity.status(303).location(URI.create(path)).build();
    }

    /** Leads to a page that says something. */
    ResponseEntity<Void> go(
            HttpServletRequest request, HttpServletResponse response, String path, String told, boolean wrong) {
        FlashMap flash = RequestContextUtils.getOutputFlashMap(request);
        flash.put(TOLD, told);
        flash.put(WRONG, wrong);
        RequestContextUtils.saveOutputFlashMap(path, request, response);
        return to(path);
    }

    private List<Door> doors(@Nullable Editor editor, String path) {
        List<Door> doors = new ArrayList<>();
        if (editor != null) {
            doors.add(new Door("/", "Today", path.equals("/") || path.startsWith("/n/") || path.startsWith("/i/")));
            door(doors, editor, Permission.LOOK, "/sources", "Sources", path);
            if (muster.isShared()) {
                door(doors, editor, Permission.LOOK, "/workers", "Workers", path);
            }
            door(doors, editor, Permission.SEE_SUBSCRIBERS, "/subscribers", "Subscribers", path);
            door(doors, editor, Permission.SEE_AUDIT_LOG, "/audit", "Log", path);
            door(doors, editor, Permission.CHANGE_ACCOUNTS, "/users", "Accounts", path);
            door(doors, editor, Permission.SEE_SETTINGS, "/settings", "Settings", path);
        }
        return doors;
    }

    private static void door(
            List<Door> doors, Editor editor, Permission permission, String href, String name, String path) {
        if (editor.may(permission)) {
            doors.add(new Door(href, name, path.equals(href) || path.startsWith(href + "/")));
        }
    }

    /** Reading it is what makes the session keep it. */
    private static String csrf(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token.getToken() : "";
    }

    private static String told(HttpServletRequest request) {
        Map<String, ?> flash = RequestContextUtils.getInputFlashMap(request);
        return flash != null && flash.get(TOLD) instanceof String told ? told : "";
    }

    private static boolean wrong(HttpServletRequest request) {
        Map<String, ?> flash = RequestContextUtils.getInputFlashMap(request);
        return flash != null && Boolean.TRUE.equals(flash.get(WRONG));
    }
}
