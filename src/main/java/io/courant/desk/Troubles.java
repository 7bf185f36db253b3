package io.courant.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.util.NoSuchElementException;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** What goes wrong gets a page like the others: what, and what to do. */
@ControllerAdvice
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final Sheets sheets;
    private final Problems problems;

    Troubles(Sheets sheets, Problems problems) {
        this.sheets = sheets;
        this.problems = problems;
    }

    /** What a page of trouble shows. */
    private record Trouble(String heading, String text) {}

    @ExceptionHandler
    @Nullable
    ResponseEntity<String> answer(Exception trouble, HttpServletRequest request) {
        if (trouble instanceof AsyncRequestNotUsableException || trouble instanceof ClientAbortException) {
            return null; // whoever asked has hung up
        }
        if (Endpoints.isFor(request)) {
            return problems.answer(trouble, request);
        }
        int status = status(trouble);
        if (status == 500) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), trouble);
        }
        return sheets.page(request, status, "trouble", page(status, trouble));
    }

    private static int status(Exception trouble) {
        if (trouble instanceof NoSuchElementException) {
            return 404;
        } else if (trouble instanceof AccessDeniedException) {
            return 403;
        } else if (trouble instanceof IllegalArgumentException || trouble instanceof TypeMismatchException) {
            return 422;
        }
        return trouble instanceof ErrorResponse error ? error.getStatusCode().value() : 500;
    }

    private static Trouble page(int status, Exception trouble) {
        return switch (status) {
            case 403 ->
                trouble instanceof CsrfException
                        ? new Trouble(
                                "This form is out of date",
                                "You have signed in or out since the page was loaded. Go back, load it again, and repeat"
                                        + " what you did; nothing was changed.")
                        : new Trouble(
                                "This is not yours to do",
                                "Your account may not. An owner can give it another role; nothing was changed.");
            case 404 -> new Trouble("There is nothing here", "The address leads to no page, issue or newsletter.");
            case 405 -> new Trouble("This cannot be done so", "Use the buttons of the desk's pages.");
            case 422 -> new Trouble("This cannot be done", Mistyped.words(trouble));
            case 500 ->
                new Trouble(
                        "Something went wrong",
                        "Nothing was changed, or what was begun goes on; the server's log says what it was.");
            default -> new Trouble("This request cannot be answered", "Go back and try again.");
        };
    }
}
