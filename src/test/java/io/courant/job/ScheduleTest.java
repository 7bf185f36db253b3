package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.job.Schedule.MissedRuns;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Instant MONDAY = at("2026-11-23T07:00:00Z");
    private static final Instant NEXT_MONDAY = at("2026-11-30T07:00:00Z");

    private static Instant at(String moment) {
        return Instant.parse(moment);
    }

    private static Schedule schedule(String cron, String zone, MissedRuns missed, Duration lateWithin) {
        return new Schedule(Cron.parse(cron), ZoneId.of(zone), missed, lateWithin, null);
    }

    private static List<String> due(String cron, String zone, String after, int times) {
        return schedule(cron, zone, MissedRuns.MERGE, Schedule.LATE_WITHIN).next(at(after), times).stream()
                .map(Instant::toString)
                .toList();
    }

    private static final Schedule MERGING = schedule("0 0 7 * * MON", "UTC", MissedRuns.MERGE, Duration.ofHours(6));
    private static final Schedule SKIPPING = schedule("0 0 7 * * MON", "UTC", MissedRuns.SKIP, Duration.ofHours(6));

    @Test
    void aTimeThatTheSpringChangeLeavesOutComesAtTheChange() {
        assertThat(due("0 30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void timesThatAreLeftOutComeOnce() {
        assertThat(due("0 0/15 2-3 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 3))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:15:00Z", "2026-03-29T01:30:00Z");
    }

    @Test
    void aTimeThatTheAutumnChangeShowsTwiceComesAtTheFirst() {
        assertThat(due("0 30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void aDayOfTwentyFiveHoursHasTwentyFourFullHours() {
        assertThat(due("0 0 * * * *", "Europe/Berlin", "2026-10-24T23:00:00Z", 3))
                .as("two o'clock comes once, and three o'clock two hours later")
                .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z");
    }

    @Test
    void aDayOfTwentyThreeHoursHasTwentyThree() {
        assertThat(due("0 0 * * * *", "Europe/Berlin", "2026-03-28T23:59:59Z", 3))
                .containsExactly("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
    }

    @Test
    void lordHoweMovesItsClocksByHalfAnHour() {
        assertThat(due("0 15 2 * * *", "Australia/Lord_Howe", "2026-10-02T16:00:00Z", 3))
                .as("+10:30, the change at two o'clock, +11")
                .containsExactly("2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z", "2026-10-05T15:15:00Z");
        assertThat(due("0 45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00:00Z", 2))
                .as("a quarter to two comes twice")
                .containsExactly("2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z");
    }

    @Test
    void theDayThatSamoaSkippedIsMadeGoodAtTheMomentOfTheSkip() {
        assertThat(due("0 0 7 * * *", "Pacific/Apia", "2011-12-29T12:00:00Z", 3))
                .containsExactly("2011-12-29T17:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T17:00:00Z");
    }

    @Test
    void monthsThatAreTooShortAreLeftOutButEachHasALastDay() {
        assertThat(due("0 0 7 31 * *", "UTC", "2026-01-31T08:00:00Z", 2))
                .containsExactly("2026-03-31T07:00:00Z", "2026-05-31T07:00:00Z");
        assertThat(due("0 0 7 L * *", "UTC", "2028-01-31T08:00:00Z", 2))
                .containsExactly("2028-02-29T07:00:00Z", "2028-03-31T07:00:00Z");
    }

    @Test
    void theLeapDayComesEveryFourthYearButForThatOfACentury() {
        assertThat(due("0 0 7 29 2 *", "UTC", "2092-03-01T00:00:00Z", 2))
                .containsExactly("2096-02-29T07:00:00Z", "2104-02-29T07:00:00Z");
    }

    @Test
    void aLineOfACrontabMeansEitherDayOrWeekdayAndSixFieldsMeanBoth() {
        assertThat(due("0 7 13 * 5", "UTC", "2026-11-01T00:00:00Z", 3))
                .containsExactly("2026-11-06T07:00:00Z", "2026-11-13T07:00:00Z", "2026-11-20T07:00:00Z");
        assertThat(due("0 0 7 13 * 5", "UTC", "2026-11-01T00:00:00Z", 2))
                .containsExactly("2026-11-13T07:00:00Z", "2027-08-13T07:00:00Z");
        assertThat(due("0 7 */2 * 5", "UTC", "2026-11-01T00:00:00Z", 2))
                .as("a star wants both")
                .containsExactly("2026-11-13T07:00:00Z", "2026-11-27T07:00:00Z");
    }

    @Test
    void whatIsNoExpressionOrNeverComesIsRefused() {
        Stream.of("monday", "0 7 * *", "0 0 7 * * * *", "0 0 25 * * *", "61 7 * * *")
                .forEach(text -> assertThatThrownBy(() -> Cron.parse(text))
                        .hasMessageContaining("0 0 7 * * MON")
                        .hasMessageContaining(text));
        assertThatThrownBy(() -> Cron.parse("0 0 7 30 2 *")).hasMessageContaining("never");
    }

    @Test
    void nothingIsDueBeforeItsTimeAndTheTimeItselfIsNotTooEarly() {
        assertThat(MERGING.at(MONDAY, NEXT_MONDAY.minusMillis(1))).isEqualTo(new Due.NotYet(Optional.of(NEXT_MONDAY)));
        assertThat(MERGING.at(MONDAY, NEXT_MONDAY))
                .isEqualTo(new Due.Now(NEXT_MONDAY, 0, Optional.of(at("2026-12-07T07:00:00Z"))));
    }

    @Test
    void whatIsDoneWithIsNotDueAgainWhenTheClockIsSetBack() {
        assertThat(MERGING.at(NEXT_MONDAY, NEXT_MONDAY.minusSeconds(3600))).isInstanceOf(Due.NotYet.class);
        assertThat(MERGING.at(NEXT_MONDAY, NEXT_MONDAY)).isInstanceOf(Due.NotYet.class);
    }

    @Test
    void oneRunMakesGoodWhatWasMissedHoweverLate() {
        assertThat(MERGING.at(MONDAY, at("2026-12-20T12:00:00Z")))
                .isEqualTo(new Due.Now(at("2026-12-14T07:00:00Z"), 2, Optional.of(at("2026-12-21T07:00:00Z"))));
    }

    @Test
    void aClockThatJumpsFarForwardMakesOneRun() {
        assertThat(MERGING.at(MONDAY, at("2036-11-24T07:00:00Z"))).isInstanceOfSatisfying(Due.Now.class, now -> {
            assertThat(now.time()).isEqualTo(at("2036-11-24T07:00:00Z"));
            assertThat(now.merged()).isEqualTo(521);
        });
        Schedule minutely = schedule("* * * * *", "UTC", MissedRuns.MERGE, Schedule.LATE_WITHIN);
        assertThat(minutely.at(MONDAY, at("2036-11-24T07:00:30Z")))
                .isInstanceOfSatisfying(
                        Due.Now.class, now -> assertThat(now.time()).isEqualTo(at("2036-11-24T07:00:00Z")));
    }

    @Test
    void aLateRunBeginsWithinItsTimeAndIsLeftOutBeyond() {
        assertThat(SKIPPING.at(MONDAY, at("2026-11-30T13:00:00Z"))).isInstanceOf(Due.Now.class);
        assertThat(SKIPPING.at(MONDAY, at("2026-11-30T13:00:00.001Z")))
                .isEqualTo(new Due.Missed(NEXT_MONDAY, 1, Optional.of(at("2026-12-07T07:00:00Z"))));
        assertThat(SKIPPING.at(MONDAY, at("2026-12-14T08:00:00Z")))
                .as("the last is not too late, and those before are part of it")
                .isEqualTo(new Due.Now(at("2026-12-14T07:00:00Z"), 2, Optional.of(at("2026-12-21T07:00:00Z"))));
    }
}
