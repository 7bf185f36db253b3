package io.courant.desk;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Moments as editors read them: by the newsletter's clock, whose zone is named. */
final class Times {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);

    private Times() {}

    static String words(Instant at, ZoneId zone) {
        return MOMENT.format(at.atZone(zone)) + " (" + name(zone) + ")";
    }

    static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /**
     * The moment that a form's local time means; null if nothing was typed.
     *
     * @throws IllegalArgumentException if it is none, has passed, or was skipped by the clocks
     */
    static @Nullable Instant typed(String text, Instant now, ZoneId zone) {
        if (text.isBlank()) {
            return null;
        }
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(text.strip().replace(' ', 'T'));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time: expected a day and a time such as 2026-11-24T08:30", e);
        }
        if (zone.getRules().getValidOffsets(local).isEmpty()) {
            throw new IllegalArgumentException("The clocks of " + name(zone) + " skip this hour; choose another.");
        }
        Instant moment = local.atZone(zone).toInstant();
        if (!moment.isAfter(now)) {
            throw new IllegalArgumentException(
                    "This has passed: by the newsletter's clock it is " + words(now, zone) + ". Choose a later time.");
        }
        return moment;
    }

    static String wordsOr(@Nullable Instant at, ZoneId zone, String otherwise) {
        return at == null ? otherwise : words(at, zone);
    }

    /** How long somebody has to wait. */
    static String words(Duration left) {
        long seconds = Math.max(1, left.plusMillis(999).toSeconds());
        return seconds < 120 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes";
    }
}
