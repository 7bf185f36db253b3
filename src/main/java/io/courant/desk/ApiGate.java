package io.courant.desk;

import io.courant.editor.ApiToken;
import io.courant.editor.ApiTokens;
import io.courant.editor.ApiTokens.Bearer;
import io.courant.editor.Digest;
import io.courant.editor.Permission;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out which program asks, by its token in the header {@code Authorization} (RFC 6750 §2.1): no cookie counts, so that
 * no page elsewhere can ask in an editor's name. A token may ask so often in a minute.
 */
final class ApiGate extends OncePerRequestFilter {
    private static final Pattern TOKEN = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,200}=*) *");
    private static final String BEARER = Bearer.class.getName();

    private final ApiTokens tokens;
    private final InstantSource clock;
    private final Problems problems;
    private final Pacing pacing;
    private final Gate gate;

    ApiGate(ApiTokens tokens, InstantSource clock, Problems problems, Pacing pacing, Gate gate) {
        this.tokens = tokens;
        this.clock = clock;
        this.problems = problems;
        this.pacing = pacing;
        this.gate = gate;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Bearer> bearer = secret(request.getHeader("Authorization"))
                .flatMap(text -> tokens.use(Digest.of(text), clock.instant()));
        if (bearer.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        long wait = pacing.wait(bearer.get().token());
        if (wait > 0) {
            response.setHeader("Retry-After", String.valueOf(wait));
            problems.write(
                    response,
                    429,
                    "this token has asked " + Pacing.MOST + " times within a minute; ask again in " + wait + " s");
            return;
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                bearer.get().editor().name(), null, List.of()));
        SecurityContextHolder.setContext(context);
        request.setAttribute(BEARER, bearer.get());
        chain.doFilter(request, response);
    }

    private static Optional<String> secret(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher matcher = TOKEN.matcher(header);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    static @Nullable Bearer bearer(HttpServletRequest request) {
        return request.getAttribute(BEARER) instanceof Bearer bearer ? bearer : null;
    }

    /** Who sent a request that only programs with a token get through with. */
    static Bearer required(HttpServletRequest request) {
        Bearer bearer = bearer(request);
        if (bearer == null) {
            throw new NoSuchElementException("no token came with this request");
        }
        return bearer;
    }

    /** Lets through what both the token and its owner may. */
    static AuthorizationManager<RequestAuthorizationContext> asking(Permission permission) {
        return (authentication, context) -> {
            Bearer bearer = bearer(context.getRequest());
            return new AuthorizationDecision(bearer != null && bearer.may(permission));
        };
    }

    /** Writes down what a program has done, in its owner's name. */
    void note(HttpServletRequest request, String what, String subject, String detail) {
        Bearer bearer = required(request);
        ApiToken token = bearer.token();
        gate.note(
                bearer.editor(),
                request,
                what,
                subject,
                "by token " + token.id() + (detail.isEmpty() ? "" : "; " + detail));
    }
}
