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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private Dates() {}

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }

    /** The moment that a text names, if it names one. */
    static Optional<Instant> parse(String text) {
        String date = text.strip();
        return FORMATS.stream().flatMap(format -> parse(date, format).stream()).findFirst();
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
