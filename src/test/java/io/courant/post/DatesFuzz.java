package io.courant.post;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Dates as people and servers write them. */
@Fuzzer
class DatesFuzz {
    private static final Instant NOW = Instant.parse("2025-09-14T08:30:00Z");

    @FuzzTest
    void dates(byte[] input) {
        Trial.of(input, DatesFuzz::read);
    }

    private static void read(byte[] date) {
        String text = new String(date, StandardCharsets.UTF_8);
        Promises.isMoment(Dates.ofFeed(text).orElse(null));
        Promises.isMoment(Dates.parse(text).orElse(null));
        Promises.isMoment(Dates.ofFileName(text).orElse(null));
        Promises.isTrue(text.isEmpty() || !Dates.withoutDate(text).isEmpty(), "name without date", text);
        Duration wait = RetryAfter.of(text, text, NOW)
                .or(() -> RetryAfter.of(text, null, NOW))
                .orElse(RetryAfter.LONGEST);
        Promises.isTrue(
                !wait.isNegative() && !wait.isZero() && wait.compareTo(RetryAfter.LONGEST) <= 0,
                "wait",
                wait.toString());
    }
}
