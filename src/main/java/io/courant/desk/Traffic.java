package io.courant.desk;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts the desk's requests by method and kind of answer. Addresses are not counted: some are secrets. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE) // what the chains of security refuse is counted, too
final class Traffic extends OncePerRequestFilter {
    private volatile @Nullable MeterRegistry registry;

    void count(MeterRegistry into) {
        registry = into;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } finally {
            MeterRegistry into = registry;
            if (into != null) {
                into.counter(
                                "courant.web.requests",
                                "method",
                                known(request.getMethod()),
                                "status",
                                response.getStatus() / 100 + "xx")
                        .increment();
            }
        }
    }

    /** A client can call its method anything, and each name would be a line of its own. */
    private static String known(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST" -> method;
            default -> "other";
        };
    }
}
