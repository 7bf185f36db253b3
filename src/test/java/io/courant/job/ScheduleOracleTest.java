package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Ten years of due times, held against somebody who looks at the wall clock each minute. They know nothing of cron
 * expressions or of changes of clocks; they only remember the latest time that the clock has shown. A time is due when
 * the clock passes it for the first time, be it by a jump. {@code -Dcourant.clock.years=40} looks further.
 */
class ScheduleOracleTest {
    static final Instant BEGIN = Instant.parse("2008-01-01T00:00:00Z"); // Samoa skipped a day in 2011
    private static final int YEARS = Integer.getInteger("courant.clock.years", 10);
    static final Instant END = BEGIN.plus(Duration.ofDays(365L * YEARS));
    private static final int DAY = 24 * 60;

    /** An expression, and the same said by hand. */
    record Rule(String cron, Predicate<LocalDate> day, IntPredicate hour, IntPredicate minute) {}

    static final List<Rule> RULES = List.of(
            new Rule("0 0 7 * * MON", on(DayOfWeek.MONDAY), hour -> hour == 7, at(0)),
            new Rule("0 30 2 * * *", day -> true, hour -> hour == 2, at(30)),
            new Rule("0 15 2 * * SUN", on(DayOfWeek.SUNDAY), hour -> hour == 2, at(15)),
            new Rule("0 0 0 * * *", day -> true, hour -> hour == 0, at(0)),
            new Rule("0 0 * * * *", day -> true, hour -> true, at(0)),
            new Rule("0 */20 1-3 * * *", day -> true, hour -> hour >= 1 && hour <= 3, minute -> minute % 20 == 0),
            new Rule("0 0 7 31 * *", day -> day.getDayOfMonth() == 31, hour -> hour == 7, at(0)),
            new Rule("0 45 23 L * *", day -> day.getDayOfMonth() == day.lengthOfMonth(), hour -> hour == 23, at(45)),
            new Rule(
                    "0 0 7 29 2 *",
                    day -> day.getDayOfMonth() == 29 && day.getMonthValue() == 2,
                    hour -> hour == 7,
                    at(0)),
            new Rule(
                    "0 0 12 * * MON#1",
                    day -> day.getDayOfWeek() == DayOfWeek.MONDAY && day.getDayOfMonth() <= 7,
                    hour -> hour == 12,
                    at(0)),
            new Rule(
                    "0 0 6 13 * FRI",
                    day -> day.getDayOfWeek() == DayOfWeek.FRIDAY && day.getDayOfMonth() == 13,
                    hour -> hour == 6,
                    at(0)),
            new Rule("30 1 * * 0,7", on(DayOfWeek.SUNDAY), hour -> hour == 1, at(30)),
            new Rule(
                    "0 7 1,15 * 5",
                    day -> day.getDayOfMonth() == 1
                            || day.getDayOfMonth() == 15
                            || day.getDayOfWeek() == DayOfWeek.FRIDAY,
                    hour -> hour == 7,
                    at(0)));

    private static Predicate<LocalDate> on(DayOfWeek weekday) {
        return day -> day.getDayOfWeek() == weekday;
    }

    private static IntPredicate at(int wanted) {
        return minute -> minute == wanted;
    }

    @TestFactory
    Stream<DynamicTest> everyDueTimeOfTenYearsIsWhatTheWallClockSays() {
        return Stream.of(
                        "Europe/Berlin",
                        "America/New_York",
                        "Australia/Lord_Howe",
                        "Pacific/Apia",
                        "Asia/Kolkata",
                        "America/Sao_Paulo", // goes forward at midnight
                        "UTC")
                .map(zone -> DynamicTest.dynamicTest(zone, () -> compare(ZoneId.of(zone))));
    }

    private static void compare(ZoneId zone) {
        List<List<Instant>> seen = seen(zone);
        for (int i = 0; i < RULES.size(); i++) {
            Rule rule = RULES.get(i);
            assertThat(due(rule.cron(), zone)).as(rule.cron()).isEqualTo(seen.get(i));
            assertThat(seen.get(i)).as("the test looks at something").isNotEmpty();
        }
    }

    private static List<Instant> due(String cron, ZoneId zone) {
        Schedule schedule = new Schedule(Cron.parse(cron), zone, Schedule.MissedRuns.MERGE, Schedule.LATE_WITHIN, null);
        List<Instant> due = new ArrayList<>();
        Optional<Instant> time = schedule.next(BEGIN.minusSeconds(1));
        while (time.isPresent() && time.get().isBefore(END)) {
            due.add(time.get());
            time = schedule.next(time.get());
        }
        return due;
    }

    /** The due times of each rule. Walks through every minute. */
    static List<List<Instant>> seen(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        List<List<Instant>> seen = new ArrayList<>();
        RULES.forEach(rule -> seen.add(new ArrayList<>()));
        boolean[] today = new boolean[RULES.size()];
        long day = Long.MIN_VALUE;
        long shown = shown(rules, BEGIN.getEpochSecond() - 60);
        for (long second = BEGIN.getEpochSecond(); second < END.getEpochSecond(); second += 60) {
            long shows = shown(rules, second);
            boolean[] due = new boolean[RULES.size()];
            boolean any = false;
            for (long passed = shown + 1; passed <= shows; passed++) { // more than one where clocks go forward
                if (Math.floorDiv(passed, DAY) != day) {
                    day = Math.floorDiv(passed, DAY);
                    LocalDate date = LocalDate.ofEpochDay(day);
                    for (int i = 0; i < today.length; i++) {
                        today[i] = RULES.get(i).day().test(date);
                    }
                }
                int ofDay = Math.floorMod(passed, DAY);
                for (int i = 0; i < today.length; i++) {
                    Rule rule = RULES.get(i);
                    if (today[i]
                            && rule.hour().test(ofDay / 60)
                            && rule.minute().test(ofDay % 60)) {
                        due[i] = true;
                        any = true;
                    }
                }
            }
            for (int i = 0; any && i < due.length; i++) {
                if (due[i]) {
                    seen.get(i).add(Instant.ofEpochSecond(second));
                }
            }
            shown = Math.max(shown, shows);
        }
        return seen;
    }

    /** The minute that the wall clock shows, counted from 1970. */
    private static long shown(ZoneRules rules, long second) {
        return Math.floorDiv(
                second + rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds(), 60);
    }
}
