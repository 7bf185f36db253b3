package io.courant.desk;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sends whoever brings a file without having signed in to the login, before any of it is read and kept on disk. */
final class Uninvited extends OncePerRequestFilter {
    private final Gate gate;

    Uninvited(Gate gate) {
        this.gate = gate;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = request.getContentType();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/") && gate.editor(request) == null) {
            response.setHeader("Connection", "close");
            response.sendRedirect("/login");
        } else {
            chain.doFilter(request, response);
        }
    }
}
