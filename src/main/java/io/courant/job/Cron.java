package io.courant.job;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.scheduling.support.CronExpression;

/**
 * Times of a wall clock, as a cron expression names them: six fields with seconds, as Spring reads them, or the five of
 * a crontab line. What such a time means on a day when clocks change is for the {@link Schedule} to say.
 *
 * <p>Six fields want both the day and the weekday. A crontab line wants either, if both are given and neither begins
 * with a star, as POSIX has it.
 */
final class Cron {
    private static final int SIX = 6;
    private static final int FIVE = 5;
    private static final LocalDateTime EARLY = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final String text;
    private final List<CronExpression> either;

    private Cron(String text, List<CronExpression> either) {
        this.text = text;
        this.either = List.copyOf(either);
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException when it is none, or names no time at all, such as 30 February
     */
    static Cron parse(String text) {
        String line = text.strip();
        List<String> fields = List.of(line.split("\\s+", -1));
        Cron cron = new Cron(line, expressions(line, fields));
        if (cron.next(EARLY).isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a time that comes; '" + text + "' names a day that never does");
        }
        return cron;
    }

    private static List<CronExpression> expressions(String line, List<String> fields) {
        try {
            if (fields.size() != FIVE) {
                return List.of(CronExpression.parse(line));
            }
            String time = "0 " + fields.get(0) + " " + fields.get(1) + " ";
            String day = fields.get(2);
            String month = " " + fields.get(3) + " ";
            String weekday = fields.get(4);
            if (day.startsWith("*") || weekday.startsWith("*")) {
                return List.of(CronExpression.parse(time + day + month + weekday));
            }
            return List.of(
                    CronExpression.parse(time + day + month + "*"), CronExpression.parse(time + "*" + month + weekday));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected " + (fields.size() == SIX ? "" : "five fields of a crontab line, or ")
                            + "six fields: second minute hour day month weekday, such as \"0 0 7 * * MON\"; found '"
                            + line + "' (" + e.getMessage() + ")",
                    e);
        }
    }

    /** The first time after another. */
    Optional<LocalDateTime> next(LocalDateTime after) {
        return either.stream()
                .flatMap(expression -> Stream.ofNullable(expression.next(after)))
                .min(LocalDateTime::compareTo);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron cron && cron.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
