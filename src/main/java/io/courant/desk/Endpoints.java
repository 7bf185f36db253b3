package io.courant.desk;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

/** What there is for programs. */
final class Endpoints {
    private Endpoints() {}

    static boolean isFor(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/api/") || path.startsWith("/health/") || path.equals("/metrics");
    }

    /** Whether a rule is about the request's method and address. */
    static boolean isKnown(HttpServletRequest request) {
        return ApiRights.RULES.stream()
                .anyMatch(rule -> rule.method().matches(request.getMethod()) && isAt(request, rule.pattern()));
    }

    /** Whether what is posted there sends mail. */
    static boolean sends(HttpServletRequest request) {
        return ApiRights.SENDS.stream().anyMatch(pattern -> isAt(request, pattern));
    }

    static boolean isAt(HttpServletRequest request, String pattern) {
        return PathPatternParser.defaultInstance
                .parse(pattern)
                .matches(PathContainer.parsePath(request.getRequestURI()));
    }
}
