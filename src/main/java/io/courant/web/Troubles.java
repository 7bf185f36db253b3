package io.courant.web;

import io.courant.render.ReaderPage;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerMapping;

/** What goes wrong gets a page like the others, and tells nothing of the inside. */
@ControllerAdvice
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);
    private static final Map<Integer, String> NOTICES =
            Map.of(404, "missing", 405, "method", 413, "large", 500, "failed");

    private final Answers answers;

    Troubles(Answers answers) {
        this.answers = answers;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<String> answer(Exception trouble, HttpServletRequest request) {
        if (trouble instanceof AsyncRequestNotUsableException || trouble instanceof ClientAbortException) {
            return null; // whoever asked has hung up
        }
        int status = status(trouble);
        if (status == 500) {
            // The pattern, since the address may hold a token.
            Object page = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            LOG.error("{} {} failed", request.getMethod(), page, trouble);
        }
        HttpHeaders headers = trouble instanceof ErrorResponse error ? error.getHeaders() : HttpHeaders.EMPTY;
        if (!(request.getAttribute(Doorway.HOME) instanceof Home home)) {
            return ResponseEntity.status(status)
                    .contentType(MediaType.TEXT_PLAIN)
                    .body("There is nothing here.\n");
        }
        ResponseEntity<String> page = answers.personal(
                status, home, home.first(), null, new ReaderPage.Notice(NOTICES.getOrDefault(status, "malformed")));
        return ResponseEntity.status(status)
                .headers(page.getHeaders())
                .headers(headers) // a 405 says what is allowed
                .body(page.getBody());
    }

    private static int status(Exception trouble) {
        if (trouble instanceof Missing) {
            return 404;
        } else if (trouble instanceof TooLarge) {
            return 413;
        } else if (trouble instanceof InvalidParameterException parameter) {
            return parameter.getErrorCode();
        }
        return trouble instanceof ErrorResponse error ? error.getStatusCode().value() : 500;
    }
}
