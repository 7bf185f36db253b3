package io.courant.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** What every request passes: it is led to the home that it is for, and every answer gets the headers that all have. */
@Component
final class Doorway extends OncePerRequestFilter {
    static final String HOME = "home";
    /** More than the largest of our forms can become. */
    static final int MAX_BODY = 64 * 1024;

    private final Newsletters newsletters;
    private final HandlerExceptionResolver troubles;

    Doorway(Newsletters newsletters, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver troubles) {
        this.newsletters = newsletters;
        this.troubles = troubles;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        Optional<Home> home = newsletters.homes().find(request.getServerName(), request.getRequestURI());
        home.ifPresent(found -> request.setAttribute(HOME, found));
        if (home.isEmpty()) {
            troubles.resolveException(request, response, null, new Missing());
        } else if (request.getRequestURI().equals(home.get().path())) {
            response.setStatus(301);
            response.setHeader("Location", home.get().path() + "/");
        } else if (request.getContentLengthLong() > MAX_BODY) {
            response.setHeader("Connection", "close");
            troubles.resolveException(request, response, null, new TooLarge());
        } else {
            chain.doFilter(below(request, home.get().path()), response);
        }
    }

    /** The request as it would be if the home were all that there is: Spring looks at what follows the context path. */
    private static HttpServletRequest below(HttpServletRequest request, String path) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public String getContextPath() {
                return path;
            }
        };
    }
}
