package io.courant.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as editors write and read them: by the clock of a newsletter's zone. */
final class LocalTimes {
    private static final DateTimeFormatter WORDS =
            DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm:ss '('VV')'", Locale.ENGLISH);

    private LocalTimes() {}

    /**
     * The moment that is meant.
     *
     * @throws IllegalArgumentException if it is none, has passed, or was skipped by the clocks
     */
    static Instant next(String text, Instant now, ZoneId zone) {
        Instant moment = moment(text.strip(), now, zone);
        if (!moment.isAfter(now)) {
            throw new IllegalArgumentException(
                    "--at " + text + " has passed; it is " + words(now, zone) + " by the newsletter's clock");
        }
        return moment;
    }

    private static Instant moment(String text, Instant now, ZoneId zone) {
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
            if (text.length() <= "08:30:00".length()) {
                ZonedDateTime local = now.atZone(zone);
                LocalDateTime today = local.toLocalDate().atTime(LocalTime.parse(text));
                return at(today.isAfter(local.toLocalDateTime()) ? today : today.plusDays(1), zone);
            }
            return at(LocalDateTime.parse(text.replace(' ', 'T')), zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "--at " + text + " is no time (expected 08:30 or 2026-11-24T08:30 in the"
                            + " newsletter's zone, or an instant such as 2026-11-24T07:30:00Z)",
                    e);
        }
    }

    private static Instant at(LocalDateTime local, ZoneId zone) {
        if (zone.getRules().getValidOffsets(local).isEmpty()) {
            throw new DateTimeException("the clocks skip " + local);
        }
        return local.atZone(zone).toInstant();
    }

    /** {@code Tuesday, 24 November 2026, 08:30:00 (Europe/Berlin)}. */
    static String words(Instant moment, ZoneId zone) {
        return WORDS.format(moment.atZone(zone));
    }
}
