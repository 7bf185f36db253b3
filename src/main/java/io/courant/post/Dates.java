package io.courant.post;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates as people write them into front matter, pages and file names. Without a zone they are read as UTC. */
final class Dates {
    private static final Pattern PREFIX = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[-_ ]+(.*))?");
    private static final List<DateTimeFormatter> FORMATS = List.of(
            format("uuuu-MM-dd[['T'][' ']HH:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]][' '][XXX][XX][X]]"),
            DateTimeFormatter.ISO_OFFSET_DATE_TIME,
            DateTimeFormatter.RFC_1123_DATE_TIME,
            format("uuuu/MM/dd[ HH:mm[:ss]]"),
            format("MMMM d, uuuu[ HH:mm]"),
            format("MMM d, uuuu[ HH:mm]"),
            format("d MMMM uuuu[ HH:mm]"),
            format("d MMM uuuu[ HH:mm]"));

    /** RFC 822 as feeds have it: years of two digits, months in full, no seconds, no zone. The weekday is cut off. */
    private static final Pattern MAIL = Pattern.compile(
            "(\\d{1,2})[ -]([A-Za-z]{3,9})\\.?,?[ -](\\d{2}|\\d{4})(?:,?[ T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.\\d+)?)?)?"
                    + " ?([+-]\\d{1,2}:?\\d{2}|[A-Za-z]{1,5})?(?: .*)?");

    /** ISO 8601 as feeds have it: only a year or a month, no hyphens, no colons (W3C-DTF). */
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})(?:-?(\\d{2})(?:-?(\\d{2}))?)?(?:[T ](\\d{1,2}):?(\\d{2})(?::?(\\d{2})(?:[.,]\\d+)?)?)?"
                    + " ?([+-]\\d{1,2}:?\\d{2}|[A-Za-z]{1,5})?");

    /** As C's asctime: {@code Sun Sep 14 08:30:00 2025}, with or without a zone before the year. */
    private static final Pattern CTIME = Pattern.compile(
            "([A-Za-z]{3,9}) (\\d{1,2}) (\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?: ([+-]\\d{4}|[A-Za-z]{1,5}))? (\\d{4})");

    private static final Pattern WEEKDAY = Pattern.compile(
            "^(?:(?:mon|tue|wed|thu|fri|sat|sun)\\p{L}*\\.?,?|\\p{L}{2,12},) +", Pattern.CASE_INSENSITIVE);
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    /** Hours east of Greenwich (RFC 822 section 5.1, and what Europe writes). */
    private static final Map<String, Integer> ZONES = Map.ofEntries(
            Map.entry("est", -5),
            Map.entry("edt", -4),
            Map.entry("cst", -6),
            Map.entry("cdt", -5),
            Map.entry("mst", -7),
            Map.entry("mdt", -6),
            Map.entry("pst", -8),
            Map.entry("pdt", -7),
            Map.entry("bst", 1),
            Map.entry("cet", 1),
            Map.entry("cest", 2),
            Map.entry("eet", 2),
            Map.entry("eest", 3),
            Map.entry("jst", 9));

    /** No feed had an entry before there was a web: such a date stands for none, as 1970 does. */
    private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");

    /** ISO 8601 has years that no database can count the milliseconds of. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Dates() {}

    /** The moment, unless it cannot be that of a post. */
    static @Nullable Instant possible(@Nullable Instant moment) {
        return moment == null || moment.isBefore(FIRST) ? null : moment;
    }

    /** The moment that a feed names, in any of the ways in which feeds do. */
    static Optional<Instant> ofFeed(String text) {
        String date = WEEKDAY.matcher(text.strip().replaceAll("\\s+", " ")).replaceFirst("");
        Matcher iso = ISO.matcher(date);
        if (iso.matches()) {
            return moment(
                    iso.group(1), iso.group(2), iso.group(3), iso.group(4), iso.group(5), iso.group(6), iso.group(7));
        }
        Matcher mail = MAIL.matcher(date);
        if (mail.matches()) {
            return moment(
                    year(mail.group(3)),
                    month(mail.group(2)),
                    mail.group(1),
                    mail.group(4),
                    mail.group(5),
                    mail.group(6),
                    mail.group(7));
        }
        Matcher ctime = CTIME.matcher(date);
        return ctime.matches()
                ? moment(
                        ctime.group(7),
                        month(ctime.group(1)),
                        ctime.group(2),
                        ctime.group(3),
                        ctime.group(4),
                        ctime.group(5),
                        ctime.group(6))
                : parse(date);
    }

    /** RFC 5322 section 4.3: two digits below 50 are of this century. */
    private static String year(String digits) {
        return digits.length() == 4 ? digits : (digits.compareTo("50") < 0 ? "20" : "19") + digits;
    }

    private static String month(String name) {
        return String.valueOf(1 + MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)));
    }

    private static Optional<Instant> moment(
            String year,
            @Nullable String month,
            @Nullable String day,
            @Nullable String hour,
            @Nullable String minute,
            @Nullable String second,
            @Nullable String zone) {
        try {
            LocalDateTime local = LocalDate.of(number(year, 1), number(month, 1), number(day, 1))
                    .atTime(number(hour, 0) % 24, number(minute, 0), Math.min(59, number(second, 0))); // leap seconds
            return Optional.of(local.plusDays(number(hour, 0) / 24).toInstant(offset(zone)));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private static ZoneOffset offset(@Nullable String zone) {
        if (zone == null || Character.isLetter(zone.charAt(0))) {
            return ZoneOffset.ofHours(zone == null ? 0 : ZONES.getOrDefault(zone.toLowerCase(Locale.ROOT), 0));
        }
        String digits = zone.substring(1).replace(":", "");
        int hours = Integer.parseInt(digits.substring(0, digits.length() - 2));
        int minutes = Integer.parseInt(digits.substring(digits.length() - 2));
        return ZoneOffset.ofTotalSeconds((zone.charAt(0) == '-' ? -60 : 60) * (60 * hours + minutes));
    }

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }

    /** The moment that a text names, if it names one. */
    static Optional<Instant> parse(String text) {
        String date = text.strip();
        return FORMATS.stream()
                .flatMap(format -> parse(date, format).stream())
                .filter(moment -> moment.isAfter(EARLIEST) && moment.isBefore(LATEST))
                .findFirst();
    }

    private static Optional<Instant> parse(String date, DateTimeFormatter format) {
        try {
            return Optional.of(
                    instant(format.parseBest(date, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)));
        } catch (DateTimeException notInThisFormat) {
            return Optional.empty();
        }
    }

    private static Instant instant(TemporalAccessor moment) {
        if (moment instanceof OffsetDateTime withZone) {
            return withZone.toInstant();
        }
        return moment instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC)
                : LocalDate.from(moment).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** The date that a file name without extension begins with, as in {@code 2025-09-14-some-name}. */
    static Optional<Instant> ofFileName(String stem) {
        Matcher prefix = PREFIX.matcher(stem);
        return prefix.matches() ? parse(prefix.group(1)) : Optional.empty();
    }

    /** The same name without its date, unless nothing else is left. */
    static String withoutDate(String stem) {
        Matcher prefix = PREFIX.matcher(stem);
        return prefix.matches() && prefix.group(2) != null && !prefix.group(2).isBlank() ? prefix.group(2) : stem;
    }
}
