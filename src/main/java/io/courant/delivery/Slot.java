package io.courant.delivery;

import io.courant.render.Hole;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;

/**
 * A place in a compiled message that is filled for each recipient.
 *
 * @param place where it stands, which decides how its value is escaped
 * @param name of a header value, or {@link Hole#field()}; for a day with a colon and a language after it. Issues that
 *     were frozen before it had a language show the day as {@code 2026-11-23}.
 */
record Slot(Place place, String name) {
    static final Slot TO = new Slot(Place.HEADER, "to");
    static final Slot MESSAGE_ID = new Slot(Place.HEADER, "messageId");
    static final Slot UNSUBSCRIBE_URL = new Slot(Place.HEADER, "unsubscribeUrl");
    static final Slot UNSUBSCRIBE_MAILBOX = new Slot(Place.HEADER, "unsubscribeMailbox");

    private static final String DAY = Hole.SINCE.field() + ":";

    /** What surrounds the value. */
    enum Place {
        HEADER,
        TEXT,
        HTML
    }

    /** @param language of the text around, which a day is written in */
    static Slot of(Place place, Hole hole, Locale language) {
        return new Slot(place, hole == Hole.SINCE ? DAY + language.toLanguageTag() : hole.field());
    }

    /** Reads what {@link #toString()} gave. */
    static Slot parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a slot of a message: '" + text + "'");
        }
        return new Slot(Place.valueOf(text.substring(0, colon)), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return place + ":" + name;
    }

    /** The bytes that fill this slot for a recipient. */
    byte[] fill(Personal personal) {
        return switch (place) {
            case HEADER -> header(personal).getBytes(StandardCharsets.UTF_8);
            case TEXT -> QuotedPrintable.encode(value(personal.values()));
            case HTML -> QuotedPrintable.encode(escape(value(personal.values())));
        };
    }

    private String header(Personal personal) {
        return switch (name) {
            case "to" -> personal.envelope().recipient().ascii();
            case "messageId" -> personal.messageId();
            case "unsubscribeUrl" -> personal.unsubscribeUrl();
            case "unsubscribeMailbox" -> personal.unsubscribeMailbox().ascii();
            default -> throw new IllegalStateException("no value for header slot '" + name + "'");
        };
    }

    private String value(Map<Hole, String> values) {
        if (name.startsWith(DAY)) {
            return day(String.valueOf(values.get(Hole.SINCE)), Locale.forLanguageTag(name.substring(DAY.length())));
        }
        for (Map.Entry<Hole, String> entry : values.entrySet()) {
            if (entry.getKey().field().equals(name)) {
                return entry.getValue();
            }
        }
        throw new IllegalStateException("no value for reader." + name);
    }

    private static String day(String date, Locale language) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(language)
                .withDecimalStyle(DecimalStyle.of(language))
                .format(LocalDate.parse(date));
    }

    private static String escape(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
