package io.courant.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.courant.delivery.RelayException;
import io.courant.job.HomeLock;
import io.courant.upkeep.UnconfirmedInstance;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.ErrorResponse;
import tools.jackson.databind.json.JsonMapper;

/** Tells programs what went wrong: in the form of RFC 9457, in the words that people get. */
final class Problems implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType FORM = new MediaType("application", "problem+json", UTF_8);

    /**
     * A problem.
     *
     * @param type {@code about:blank}: it is what its status says (RFC 9457 §4.2.1)
     */
    private record Problem(String type, String title, int status, String detail) {
        static Problem of(int status, String detail) {
            HttpStatus known = HttpStatus.resolve(status);
            return new Problem("about:blank", known == null ? "" : known.getReasonPhrase(), status, detail);
        }
    }

    /** Something is not so that it can be done now; a page says it as it is. */
    static final class Conflict extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Conflict(String message) {
            super(message);
        }
    }

    ResponseEntity<String> answer(Exception trouble, HttpServletRequest request) {
        int status = status(trouble);
        if (status == 500) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), trouble);
        }
        return ResponseEntity.status(status)
                .contentType(FORM)
                .body(JSON.writeValueAsString(Problem.of(status, detail(status, trouble))));
    }

    private static int status(Exception trouble) {
        if (trouble instanceof NoSuchElementException) {
            return 404;
        } else if (trouble instanceof AccessDeniedException) {
            return 403;
        } else if (trouble instanceof RelayException) {
            return 502;
        } else if (trouble instanceof HttpMessageNotReadableException) {
            return 400;
        } else if (trouble instanceof TypeMismatchException) {
            return 422;
        } else if (trouble instanceof Conflict
                || trouble instanceof HomeLock.HeldException
                || trouble instanceof UnconfirmedInstance) {
            return 409;
        } else if (trouble instanceof IllegalArgumentException || trouble instanceof IllegalStateException) {
            return 422;
        }
        return trouble instanceof ErrorResponse error ? error.getStatusCode().value() : 500;
    }

    private static String detail(int status, Exception trouble) {
        return switch (status) {
            case 400 -> "the request cannot be read; /api/v1/openapi.yaml says what is expected";
            case 403, 404, 409, 422, 502 -> Mistyped.words(trouble);
            case 405 -> "this address is there, but not for this method; /api/v1/openapi.yaml lists them";
            case 415 -> "send JSON, with Content-Type: application/json";
            case 500 -> "nothing was changed, or what was begun goes on; the server's log says what it was";
            default -> "this request cannot be answered";
        };
    }

    void write(HttpServletResponse response, int status, String detail) throws IOException {
        response.setStatus(status);
        response.setContentType(FORM.toString());
        response.getOutputStream()
                .write(JSON.writeValueAsString(Problem.of(status, detail)).getBytes(UTF_8));
    }

    /** RFC 6750 §3: no error is named to who brought nothing. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        boolean brought = request.getHeader("Authorization") != null;
        response.setHeader(
                "WWW-Authenticate", "Bearer realm=\"courant\"" + (brought ? ", error=\"invalid_token\"" : ""));
        write(
                response,
                401,
                brought
                        ? "this token is unknown, used up or revoked, or its owner's account is disabled"
                        : "this takes a token: Authorization: Bearer courant_…; 'courant users tokens add' makes one");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        if (Endpoints.isKnown(request)) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"courant\", error=\"insufficient_scope\"");
            write(response, 403, "the token's scopes do not cover this, or its owner's role does not");
        } else {
            write(
                    response,
                    404,
                    "there is nothing at this address and method; /api/v1/openapi.yaml lists what there is");
        }
    }
}
