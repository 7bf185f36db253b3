package io.courant.audience;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates as ISO 8601 writes them, and with the liberties that programs take: blanks, short offsets, names of zones. */
final class CsvDates {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d"
            + "(?:[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?) ?(Z|UTC|[+-]\\d\\d(?::?\\d\\d)?)?(?: [+-]?\\w+)?)?");

    private CsvDates() {}

    /** Reads a date, in UTC if it does not say otherwise; null if there is none. */
    static @Nullable Instant of(String text) {
        if (text.isEmpty() || text.startsWith("0000-00-00")) { // what MySQL calls no date
            return null;
        }
        Matcher parts = DATE.matcher(text);
        if (!parts.matches()) {
            throw unreadable(text, null);
        }
        try {
            LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
            LocalTime time = parts.group(1) == null ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group(1));
            return date.atTime(time).toInstant(offset(parts.group(2)));
        } catch (DateTimeException e) {
            throw unreadable(text, e);
        }
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static ZoneOffset offset(@Nullable String text) {
        return text == null || text.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(text);
    }

    private static IllegalArgumentException unreadable(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "not a date: '" + EmailAddress.printable(text) + "' (expected 2026-01-31 or 2026-01-31T08:00:00Z)",
                cause);
    }
}
