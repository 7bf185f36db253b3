package io.courant.post;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** Reads how long a server wants to be left alone (RFC 9110 section 10.2.3). */
final class RetryAfter {
    /** A weekly newsletter asks at least once for each issue: whoever says more has more likely made a mistake. */
    static final Duration LONGEST = Duration.ofDays(7);

    private RetryAfter() {}

    /**
     * The wait, or nothing if the header is missing, nonsense or over already.
     *
     * @param date header of the same answer: a server reckons by its own clock
     * @param now by our clock, if the server does not say
     */
    static Optional<Duration> of(@Nullable String header, @Nullable String date, Instant now) {
        if (header == null) {
            return Optional.empty();
        }
        String text = header.strip();
        Duration wait;
        if (text.matches("\\d{1,18}")) {
            wait = Duration.ofSeconds(Long.parseLong(text));
        } else if (text.matches("\\d+")) {
            wait = LONGEST;
        } else {
            Instant until = instant(text);
            if (until == null) {
                return Optional.empty();
            }
            Instant sent = instant(date);
            wait = Duration.between(sent == null ? now : sent, until);
        }
        return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait)
                .filter(some -> !some.isNegative() && !some.isZero());
    }

    private static @Nullable Instant instant(@Nullable String date) {
        return date == null ? null : DateUtils.parseStandardDate(date);
    }
}
