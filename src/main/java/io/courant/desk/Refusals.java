package io.courant.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers who may not: with a page that says so, or, if the session has ended since, with the way in. */
@Component
final class Refusals implements AccessDeniedHandler {
    private final Gate gate;
    private final HandlerExceptionResolver troubles;

    Refusals(Gate gate, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver troubles) {
        this.gate = gate;
        this.troubles = troubles;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        if (gate.editor(request) == null && !(refused instanceof CsrfException)) {
            response.sendRedirect("/login");
        } else {
            boolean known = refused instanceof CsrfException || Rights.isKnown(request);
            troubles.resolveException(
                    request,
                    response,
                    null,
                    known ? refused : new NoSuchElementException("nothing is at " + request.getRequestURI()));
        }
    }
}
