package io.courant.job;

import io.courant.issue.IssueId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hours of the day in which no mail is sent, by the wall clock of a zone: from the first moment on, up to the second,
 * which may be on the next day. Where clocks change, they are quiet whenever the wall clock shows one of these times.
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,2}:\\d{2})\\s*-\\s*(\\d{1,2}:\\d{2})");
    private static final String EXPECTED = "expected two times of the day, such as 22:00-07:00; found '";

    public QuietHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("quiet hours end when they begin, at " + from + ": nothing would be"
                    + " sent, or all; expected two different times");
        }
    }

    static QuietHours parse(String text, ZoneId zone) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(EXPECTED + text + "'");
        }
        return new QuietHours(time(matcher.group(1), text), time(matcher.group(2), text), zone);
    }

    private static LocalTime time(String time, String text) {
        try {
            return LocalTime.parse(time.length() == "7:00".length() ? "0" + time : time);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(EXPECTED + text + "'", e);
        }
    }

    /** When it is quiet no more; empty if it is not quiet at this moment. */
    public Optional<Instant> until(Instant moment) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        if (!isQuiet(moment)) {
            return Optional.empty();
        }
        // where clocks change, an end may be shown twice, be followed by the next night at once, or come by the change
        return Stream.concat(
                        Stream.of(today, today.plusDays(1), today.plusDays(2))
                                .map(day -> day.atTime(to))
                                .flatMap(end -> Stream.of(
                                        WallClock.first(end, zone),
                                        end.atZone(zone)
                                                .withLaterOffsetAtOverlap()
                                                .toInstant())),
                        Stream.ofNullable(zone.getRules().nextTransition(moment))
                                .map(ZoneOffsetTransition::getInstant))
                .filter(end -> end.isAfter(moment) && !isQuiet(end))
                .min(Instant::compareTo);
    }

    private boolean isQuiet(Instant moment) {
        return isQuiet(moment.atZone(zone).toLocalTime());
    }

    private boolean isQuiet(LocalTime time) {
        boolean begun = !time.isBefore(from);
        boolean over = !time.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }

    /** What somebody is told who wants an issue to be sent at such an hour. */
    static String words(IssueId issue, Instant until, JobFile job) {
        return issue + " waits for the end of the quiet hours, "
                + WallClock.words(until, job.newsletter().zone()) + "; then 'courant run " + job.name()
                + "' sends it, and with --now at once";
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
