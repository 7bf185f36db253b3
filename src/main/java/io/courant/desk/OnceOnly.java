package io.courant.desk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.courant.editor.Digest;
import io.courant.editor.KeptAnswers;
import io.courant.editor.KeptAnswers.Answer;
import io.courant.editor.KeptAnswers.Claim;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Does once what a program asks for twice with one Idempotency-Key, and gives the same answer both times. What was not done,
 * by the answer's status, can be asked for again.
 */
final class OnceOnly extends OncePerRequestFilter {
    private static final int LARGEST = 1024 * 1024;
    private static final int LONGEST = 200;

    private final KeptAnswers answers;
    private final InstantSource clock;
    private final Problems problems;

    OnceOnly(KeptAnswers answers, InstantSource clock, Problems problems) {
        this.answers = answers;
        this.clock = clock;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || ApiGate.bearer(request) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            problems.write(response, 413, "a request has at most 1 MB");
            return;
        }
        HttpServletRequest again = new ReadAlready(request, body);
        String word = request.getHeader("Idempotency-Key");
        if (word == null && Endpoints.sends(request)) {
            problems.write(
                    response,
                    400,
                    "what sends mail bears an Idempotency-Key, a word of your own for this one request such as a UUID, so"
                            + " that it can be asked for again");
        } else if (word == null) {
            chain.doFilter(again, response);
        } else if (word.isBlank() || word.length() > LONGEST) {
            problems.write(response, 400, "Idempotency-Key has 1 to " + LONGEST + " characters, such as a UUID");
        } else {
            KeptAnswers.Key key =
                    new KeptAnswers.Key(ApiGate.required(request).token().id(), word);
            // a character for a byte, so that no two bodies look the same
            Digest what = Digest.of(request.getMethod() + " " + request.getRequestURI() + "?"
                    + Objects.requireNonNullElse(request.getQueryString(), "") + "\n"
                    + new String(body, ISO_8859_1));
            answer(again, response, chain, key, answers.claim(key, what, clock.instant()));
        }
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            KeptAnswers.Key key,
            Claim claim)
            throws ServletException, IOException {
        if (claim instanceof Claim.Fresh) {
            doIt(request, response, chain, key);
        } else if (claim instanceof Claim.Done done) {
            repeat(response, done.answer());
        } else if (claim instanceof Claim.Taken) {
            problems.write(
                    response, 422, "this Idempotency-Key stands for another request of yours; use a new one for each");
        } else {
            problems.write(
                    response,
                    409,
                    "a request with this Idempotency-Key is being answered, or the server ended before it was; look"
                            + " whether it was done, and use a new key if not");
        }
    }

    private void doIt(HttpServletRequest request, HttpServletResponse response, FilterChain chain, KeptAnswers.Key key)
            throws ServletException, IOException {
        ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
        boolean answered = false;
        try {
            chain.doFilter(request, kept);
            if (isDone(kept.getStatus())) {
                answers.keep(
                        key,
                        new Answer(
                                kept.getStatus(),
                                Objects.requireNonNullElse(kept.getContentType(), ""),
                                Objects.requireNonNullElse(kept.getHeader("Location"), ""),
                                new String(kept.getContentAsByteArray(), UTF_8)));
                answered = true;
            }
        } finally {
            if (!answered) {
                answers.release(key);
            }
        }
        kept.copyBodyToResponse();
    }

    private static boolean isDone(int status) {
        return status < 500 && status != 409 && status != 429;
    }

    private static void repeat(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        if (!answer.type().isEmpty()) {
            response.setContentType(answer.type());
        }
        if (!answer.location().isEmpty()) {
            response.setHeader("Location", answer.location());
        }
        response.getOutputStream().write(answer.body().getBytes(UTF_8));
    }

    /** A request whose body was read before. */
    private static final class ReadAlready extends HttpServletRequestWrapper {
        private final byte[] body;

        ReadAlready(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Bytes(new ByteArrayInputStream(body));
        }
    }

    private static final class Bytes extends ServletInputStream {
        private final ByteArrayInputStream in;

        Bytes(ByteArrayInputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return in.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("read at once");
        }
    }
}
