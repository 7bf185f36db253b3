package io.courant.audience;

import io.courant.audience.Subscriber.State;
import io.courant.audience.Subscribers.NewSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Which column of a file holds what, read from its header; turns a row into a subscriber or says why not. */
final class CsvColumns {
    // A ' before one of these keeps a spreadsheet from running the field as a formula.
    private static final Pattern GUARDED = Pattern.compile("(?s)'+[=+\\-@\t\r].*");
    private static final Pattern FORMULA = Pattern.compile("(?s)'*[=+\\-@\t\r].*");
    private static final Pattern TAG_SEPARATOR = Pattern.compile("[,;|]");
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private final Map<Column, Integer> places;
    private final int width;
    private final List<String> ignored;

    private CsvColumns(Map<Column, Integer> places, int width, List<String> ignored) {
        this.places = places;
        this.width = width;
        this.ignored = ignored;
    }

    private enum Column {
        EMAIL("email emailaddress mail address"),
        NAME("name fullname displayname"),
        STATE("state status"),
        TAGS("tags tag"),
        JOINED("joined joinedat created createdat subscribed subscribedat date");

        private final String names;

        Column(String names) {
            this.names = names;
        }

        /** Without case and punctuation, the surest first. */
        List<String> names() {
            return List.of(names.split(" ", -1));
        }
    }

    /** Header of an export. */
    static List<String> header() {
        return Arrays.stream(Column.values())
                .map(column -> column.names().get(0))
                .toList();
    }

    /** Recognises a header; refused when it names no column with the address. */
    static CsvColumns of(String file, List<String> header) {
        List<String> plain = header.stream()
                .map(name -> name.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Z}_.-]", ""))
                .toList();
        Map<Column, Integer> places = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            column.names().stream()
                    .map(plain::indexOf)
                    .filter(place -> place >= 0)
                    .findFirst()
                    .ifPresent(place -> places.put(column, place));
        }
        if (!places.containsKey(Column.EMAIL)) {
            throw new IllegalArgumentException(file + ":1: no column with the address (expected a header such as "
                    + String.join(",", header()) + "; found " + shown(header) + "); name that column 'email'");
        }
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            if (!places.containsValue(i) && !header.get(i).isBlank()) {
                ignored.add(header.get(i).strip());
            }
        }
        return new CsvColumns(places, header.size(), ignored);
    }

    List<String> ignored() {
        return ignored;
    }

    /**
     * Reads a row.
     *
     * @throws IllegalArgumentException with what is wrong and what to do
     */
    NewSubscriber subscriber(List<String> row, Instant now) {
        boolean tooLong =
                row.size() > width && !row.subList(width, row.size()).stream().allMatch(String::isBlank);
        if (row.size() < width || tooLong) {
            throw new IllegalArgumentException(row.size() + " fields, expected " + width
                    + " as in the header; put quotes around a field that holds the separator");
        }
        String address = field(row, Column.EMAIL);
        if (address.isEmpty()) {
            throw new IllegalArgumentException("no address; fill in the address or delete the line");
        }
        if (row.stream().anyMatch(field -> field.indexOf('\uFFFD') >= 0)) {
            throw new IllegalArgumentException("a character could not be read; save the file as UTF-8");
        }
        List<String> tags = TAG_SEPARATOR
                .splitAsStream(field(row, Column.TAGS))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        return new NewSubscriber(
                new EmailAddress(address),
                field(row, Column.NAME),
                state(field(row, Column.STATE)),
                tags,
                joined(field(row, Column.JOINED), now));
    }

    /** A subscriber as a row under {@link #header()}. */
    static List<String> row(Subscriber subscriber) {
        return List.of(
                guarded(subscriber.address().value()),
                guarded(subscriber.name()),
                subscriber.state().name().toLowerCase(Locale.ROOT),
                guarded(String.join(";", subscriber.tags().stream().sorted().toList())),
                subscriber.joined().toString());
    }

    private static String guarded(String field) {
        return FORMULA.matcher(field).matches() ? "'" + field : field;
    }

    /** Blanks around a field go; a line break stays, to be refused. */
    private String field(List<String> row, Column column) {
        Integer place = places.get(column);
        if (place == null) {
            return "";
        }
        String field = row.get(place).replaceAll("^[ \\u00a0]+|[ \\u00a0]+$", "");
        return GUARDED.matcher(field).matches() ? field.substring(1) : field;
    }

    private static State state(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "active", "subscribed" -> State.ACTIVE;
            case "unsubscribed" -> State.UNSUBSCRIBED;
            default ->
                throw new IllegalArgumentException(
                        "unknown state '" + EmailAddress.printable(text) + "' (expected active or unsubscribed)");
        };
    }

    private static Instant joined(String text, Instant now) {
        if (text.isEmpty()) {
            return now;
        }
        Instant joined;
        try {
            String iso = text.replace(' ', 'T');
            if (iso.indexOf('T') < 0) {
                joined = LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
            } else if (iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")) {
                joined = OffsetDateTime.parse(iso).toInstant();
            } else {
                joined = LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "not a date: '" + EmailAddress.printable(text) + "' (expected 2026-01-31 or 2026-01-31T08:00:00Z)",
                    e);
        }
        if (joined.isBefore(Instant.EPOCH) || joined.isAfter(now.plus(CLOCKS_DIFFER))) {
            throw new IllegalArgumentException(
                    "joined before 1970 or in the future, on '" + EmailAddress.printable(text) + "'; correct the date");
        }
        return joined;
    }

    private static String shown(List<String> header) {
        String names = String.join(
                ", ", header.stream().limit(20).map(n -> "'" + n.strip() + "'").toList());
        return EmailAddress.printable(header.size() > 20 ? names + ", …" : names);
    }
}
