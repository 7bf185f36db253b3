package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.issue.DueTime.Result;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link DueTimes} keeps to. */
public interface DueTimesContract {
    Instant MONDAY = Instant.parse("2026-11-23T07:00:00Z");
    Instant NEXT = Instant.parse("2026-11-30T07:00:00Z");
    IssueId BEFORE = new IssueId("weekly-2026-11-16");
    IssueId MADE = new IssueId("weekly-2026-11-23");

    DueTimes dueTimes();

    @Test
    default void aDueTimeIsBegunOnceAndOnlyOnce() {
        assertThat(dueTimes().begin("weekly", MONDAY, BEFORE, MONDAY)).isTrue();
        assertThat(dueTimes().begin("weekly", MONDAY, MADE, NEXT)).isFalse();
        assertThat(dueTimes().begin("daily", MONDAY, null, MONDAY)).isTrue();
        assertThat(dueTimes().last("weekly", NEXT))
                .contains(new DueTime(MONDAY, Result.RUNNING, MONDAY, BEFORE, null, ""));
    }

    @Test
    default void whatCameOfItIsKept() {
        dueTimes().begin("weekly", MONDAY, BEFORE, MONDAY);
        dueTimes().end("weekly", MONDAY, Result.ISSUED, MADE, "");
        dueTimes().begin("weekly", NEXT, MADE, NEXT);
        dueTimes().end("weekly", NEXT, Result.NOTHING, null, "no new posts");
        assertThat(dueTimes().last("weekly", NEXT.minusMillis(1)))
                .contains(new DueTime(MONDAY, Result.ISSUED, MONDAY, BEFORE, MADE, ""));
        assertThat(dueTimes().last("weekly"))
                .contains(new DueTime(NEXT, Result.NOTHING, NEXT, MADE, null, "no new posts"));
    }

    @Test
    default void theLastUpToAMomentKnowsNothingOfTheFuture() {
        dueTimes().begin("weekly", NEXT, null, MONDAY);
        assertThat(dueTimes().last("weekly", MONDAY)).isEmpty();
        assertThat(dueTimes().last("weekly", NEXT)).isPresent();
    }

    @Test
    default void theClockBeginsWithoutADueTime() {
        dueTimes().start("weekly", "MON", MONDAY, MONDAY);
        dueTimes().start("weekly", "MON", MONDAY, NEXT);
        assertThat(dueTimes().last("weekly", NEXT))
                .contains(new DueTime(MONDAY, Result.BEGUN, MONDAY, null, null, "MON"));
        assertThat(dueTimes().last("weekly")).isEmpty();
        assertThat(dueTimes().began("weekly")).contains(MONDAY);
        assertThat(dueTimes().began("daily")).isEmpty();
    }

    @Test
    default void theScheduleIsTheOneThatItBeganByLast() {
        assertThat(dueTimes().schedule("weekly")).isEmpty();
        dueTimes().start("weekly", "MON", MONDAY, MONDAY);
        dueTimes().begin("weekly", NEXT, null, NEXT);
        dueTimes().start("daily", "*", NEXT, NEXT);
        assertThat(dueTimes().schedule("weekly")).contains("MON");
        dueTimes().start("weekly", "TUE", NEXT.plusMillis(1), NEXT);
        assertThat(dueTimes().schedule("weekly")).contains("TUE");
        dueTimes().begin("weekly", NEXT.plus(Duration.ofDays(2_000)), null, NEXT);
        assertThat(dueTimes().schedule("weekly")).contains("TUE");
        assertThat(dueTimes().began("weekly")).contains(MONDAY);
    }

    @Test
    default void aRunThatDidNotEndGivesWayToTheNext() {
        dueTimes().begin("weekly", MONDAY, BEFORE, MONDAY);
        dueTimes().begin("weekly", NEXT, BEFORE, NEXT);
        assertThat(dueTimes().last("weekly", MONDAY).map(DueTime::result)).contains(Result.GIVEN_UP);
        assertThat(dueTimes().last("weekly", NEXT).map(DueTime::result)).contains(Result.RUNNING);
    }

    @Test
    default void whatIsYearsAgoIsForgotten() {
        Instant old = MONDAY.minus(Duration.ofDays(2_000));
        dueTimes().begin("weekly", old, null, old);
        assertThat(dueTimes().last("weekly", old)).isPresent();
        dueTimes().begin("weekly", MONDAY, null, MONDAY);
        assertThat(dueTimes().last("weekly", old)).isEmpty();
    }
}
