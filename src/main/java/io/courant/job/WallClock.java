package io.courant.job;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;

/** The one moment at which a wall clock is taken to show a time, also on days when clocks change. */
final class WallClock {
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm VV", Locale.ENGLISH);

    private WallClock() {}

    /**
     * When the clock shows it for the first time; of a time that is left out, the moment at which clocks go forward. A
     * later time never comes at an earlier moment.
     */
    static Instant first(LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change != null && change.isGap()
                ? change.getInstant()
                : time.toInstant(zone.getRules().getOffset(time)); // of two, the one before the change
    }

    /** A moment as people of the zone write it. */
    static String words(Instant moment, ZoneId zone) {
        return SHOWN.format(moment.atZone(zone));
    }
}
