package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.Flows.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupPaceTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now;

    private GroupPace pace(int perMinute) {
        return new GroupPace(perMinute, Optional.empty(), NOON, now);
    }

    /** So many answers a second. */
    private void answers(GroupPace pace, int many, int perSecond, boolean throttled) {
        for (int i = 0; i < many; i++) {
            now += SECOND / perSecond;
            pace.answered(throttled, now);
        }
    }

    @Test
    void withoutALimitThereIsNone() {
        GroupPace pace = pace(0);
        assertThat(pace.available(now)).isEqualTo(Integer.MAX_VALUE);
        answers(pace, 1000, 1000, false);
        assertThat(pace.isLimited()).isFalse();
    }

    @Test
    void throttledAnswersHalveThePaceThatWas() {
        GroupPace pace = pace(0);
        answers(pace, 50, 100, false);
        answers(pace, 6, 100, true);
        assertThat(pace.limit()).isBetween(2900.0, 3100.0); // half of 100 a second
        answers(pace, 6, 50, true);
        assertThat(pace.limit()).isBetween(1400.0, 1600.0);
    }

    @Test
    void aFewThrottledAnswersMayBeChance() {
        GroupPace pace = pace(0);
        answers(pace, 10, 100, false);
        answers(pace, 5, 100, true);
        answers(pace, 85, 100, false);
        assertThat(pace.isLimited()).isFalse();
    }

    @Test
    void contentReceiversRaiseThePaceUntilNothingIsLeftOfTheLimit() {
        GroupPace pace = pace(0);
        answers(pace, 18, 100, true);
        double low = pace.limit();
        answers(pace, 100, 100, false);
        assertThat(pace.limit()).isEqualTo(low * 1.5);
        answers(pace, 5000, 100, false);
        assertThat(pace.isLimited()).isFalse();
    }

    @Test
    void thePaceNeverFallsBelowOneASecond() {
        GroupPace pace = pace(0);
        answers(pace, 1000, 100, true);
        assertThat(pace.limit()).isEqualTo(60);
    }

    @Test
    void aListWithAFewGreylistedReadersIsNotSlowedDownForEver() {
        Random random = new Random(7);
        GroupPace pace = pace(0);
        for (int i = 0; i < 10_000; i++) {
            now += SECOND / 1000;
            pace.answered(random.nextInt(100) < 3, now);
        }
        assertThat(pace.limit()).isGreaterThan(10_000);
    }

    @Test
    void theJobsLimitHoldsWhateverTheReceiversShow() {
        GroupPace pace = pace(600);
        assertThat(pace.available(now)).isEqualTo(1);
        answers(pace, 1000, 10, false);
        assertThat(pace.limit()).isEqualTo(600);
        answers(pace, 6, 10, true);
        assertThat(pace.limit()).isBetween(250.0, 350.0);
    }

    @Test
    void theNextRunBeginsWhereThisOneEnded() {
        GroupPace pace = pace(0);
        answers(pace, 20, 100, true);
        Flow left = pace.flow(NOON, now);
        GroupPace next = new GroupPace(0, Optional.of(left), NOON, now);
        assertThat(next.limit()).isEqualTo(pace.limit());
        assertThat(next.available(now)).isEqualTo(pace.available(now));
        GroupPace later = new GroupPace(0, Optional.of(left), NOON.plusSeconds(60), now);
        assertThat(later.available(now)).isEqualTo((int) (pace.limit() / 60));
    }

    @Test
    void aClockThatWasSetBackGivesNothingAway() {
        GroupPace next = new GroupPace(600, Optional.of(new Flow(0, 0.5, NOON.plusSeconds(3600))), NOON, now);
        assertThat(next.available(now)).isZero();
    }

    @Test
    void runsAtTheSameTimeShareOneLimit() {
        GroupPace pace = pace(600);
        pace.share(4, Optional.empty(), now);
        now += 60 * SECOND;
        int messages = 0;
        for (int i = 0; i < 600; i++) {
            now += SECOND / 10;
            int some = pace.available(now);
            pace.claimed(some, some);
            messages += some;
        }
        assertThat(messages).isBetween(145, 155); // a quarter of 600 in a minute
    }

    @Test
    void whatOneRunHasLearnedHoldsForAll() {
        GroupPace one = pace(0);
        GroupPace other = pace(0);
        one.share(2, Optional.empty(), now);
        other.share(2, Optional.empty(), now);
        answers(one, 50, 100, false);
        answers(one, 6, 100, true);
        assertThat(one.limit()).isBetween(5_800.0, 6_200.0); // half of 100 a second of each of two
        Flow kept = one.flow(NOON, now);
        other.share(2, Optional.of(kept), now);
        assertThat(other.limit()).isEqualTo(one.limit());
        one.share(2, Optional.of(kept), now); // its own word tells it nothing new
        assertThat(one.limit()).isEqualTo(other.limit());
    }

    @Test
    void ofTwoThatSlowDownAtTheSameTimeTheFirstHolds() {
        GroupPace one = pace(0);
        GroupPace other = pace(0);
        answers(one, 6, 100, true);
        answers(other, 6, 50, true);
        Flow kept = one.flow(NOON, now);
        other.share(1, Optional.of(kept), now);
        assertThat(other.limit()).isEqualTo(one.limit());
    }
}
