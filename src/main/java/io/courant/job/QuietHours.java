package io.courant.job;

import io.courant.issue.IssueId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        LocalDateTime local = moment.atZone(zone).toLocalDateTime();
        if (!isQuiet(local.toLocalTime())) {
            return Optional.empty();
        }
        LocalDateTime end = local.toLocalDate().atTime(to);
        Instant until = WallClock.first(end.isAfter(local) ? end : end.plusDays(1), zone);
        // where clocks go back, the end may have been shown before, and is shown again
        return Optional.of(
                until.isAfter(moment)
                        ? until
                        : end.atZone(zone).withLaterOffsetAtOverlap().toInstant());
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
