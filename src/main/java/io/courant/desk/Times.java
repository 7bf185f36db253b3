package io.courant.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Moments as editors read them: by the newsletter's clock, whose zone is named. */
final class Times {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);

    private Times() {}

    static String words(Instant at, ZoneId zone) {
        return MOMENT.format(at.atZone(zone)) + " (" + zone + ")";
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
