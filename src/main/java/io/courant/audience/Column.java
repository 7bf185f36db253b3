package io.courant.audience;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a column of a file may hold. */
enum Column {
    EMAIL("email emailaddress mail address"),
    NAME("name fullname displayname"),
    STATE("state status subscribertype"),
    TAGS("tags tag labels"),
    JOINED("joined joinedat created createdat creationdate subscribed subscribedat startdate subscriptiondate date"),
    LANGUAGE("language lang locale"),
    ZONE("zone"), // a time zone under its full name is mostly a guess of where some computer stands
    FORM("form"),
    NEWSLETTERS("newsletters"),
    NEWSLETTERS_LEFT("newslettersleft"),
    SUPPRESSION("suppression"),
    FIRST_NAME("firstname givenname fname"),
    LAST_NAME("lastname surname familyname lname"),
    UNSUBSCRIBED_ON("unsubtime unsubscriptiondate unsubscribedat deletedat"),
    UNDELIVERABLE_ON("cleantime undeliverabilitydate"),
    WANTS_MAIL("subscribedtoemails"),
    MAIL_DISABLED("emaildisabled"),
    REQUESTED_ON("optintime"),
    REQUESTED_FROM("optinip ipaddress"),
    CONFIRMED_ON("confirmtime"),
    CONFIRMED_FROM("confirmip"),
    ATTRIBUTES("attributes");

    /** What an export writes, in its order. */
    static final List<Column> EXPORTED =
            List.of(EMAIL, NAME, STATE, TAGS, JOINED, LANGUAGE, ZONE, FORM, NEWSLETTERS, NEWSLETTERS_LEFT, SUPPRESSION);

    private final String names;

    Column(String names) {
        this.names = names;
    }

    /** As an export and the option of an import call it. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What headers call it, {@linkplain #plain plainly}, the surest first. */
    List<String> names() {
        return List.of(names.split(" ", -1));
    }

    /** The one with this title. */
    static Column titled(String title) {
        return Arrays.stream(values())
                .filter(column -> column.title().equals(plainTitle(title)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--map " + title
                        + "=…: not something that Courant reads from a column (expected one of "
                        + Arrays.stream(values()).map(Column::title).collect(Collectors.joining(", ")) + ")"));
    }

    private static String plainTitle(String title) {
        return title.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** A name without case and punctuation. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Z}_.-]", "");
    }
}
